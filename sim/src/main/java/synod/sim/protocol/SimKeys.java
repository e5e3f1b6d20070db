package synod.sim.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import synod.consensus.Signer;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.crypto.SigningKey;

/** The same keys in every run, each worked out once. */
public final class SimKeys {
    private static final Map<String, PublicKey> KEYS = new ConcurrentHashMap<>();

    private SimKeys() {}

    /** The key of the member with this number. */
    public static PublicKey member(int number) {
        return key("member " + number);
    }

    /** The key of the client with this number. */
    public static PublicKey client(int number) {
        return key("client " + number);
    }

    /** What the member with this number draws slots with. */
    public static PublicKey vrf(int number) {
        return key("vrf " + number);
    }

    /** Signs with a key of these. */
    public static Signer signer(PublicKey key) {
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(byte[] message) {
                return KeyedHash.sign(key, message);
            }
        };
    }

    private static PublicKey key(String name) {
        return KEYS.computeIfAbsent(
                name,
                seed -> SigningKey.of(Sha256.hash(seed.getBytes(StandardCharsets.UTF_8))
                                .bytes())
                        .publicKey());
    }
}
