package synod.consensus.quorum;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Entry;
import synod.consensus.Evidence;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** The first contradiction of each member that was seen, durable; of no more members than a set may have. */
public final class EvidenceBook {
    private static final byte[] PREFIX = "evidence/".getBytes(StandardCharsets.US_ASCII);

    private final TreeMap<PublicKey, Evidence> byAccused = new TreeMap<>();

    /** A book with what the entries hold. */
    public EvidenceBook(Hash chainId, SortedMap<ByteString, ByteString> entries) {
        entries.tailMap(ByteString.of(PREFIX)).forEach((key, value) -> {
            if (isKey(key)) {
                Evidence evidence = read(value, chainId);
                byAccused.put(evidence.accused(), evidence);
            }
        });
    }

    /** Keeps evidence against a member that there was none against; returns what makes it durable. */
    public Optional<Entry> add(Evidence evidence) {
        if (byAccused.containsKey(evidence.accused()) || byAccused.size() >= ValidatorSet.MAX_SIZE) {
            return Optional.empty();
        }
        byAccused.put(evidence.accused(), evidence);
        byte[] key = new Encoder(48).raw(PREFIX).raw(evidence.accused().bytes()).toBytes();
        return Optional.of(new Entry(ByteString.of(key), ByteString.of(evidence.encode())));
    }

    /** All of it, in the order of the accused members' keys. */
    public List<Evidence> all() {
        return List.copyOf(byAccused.values());
    }

    private static boolean isKey(ByteString key) {
        byte[] bytes = key.bytes();
        return bytes.length == PREFIX.length + PublicKey.LENGTH
                && Arrays.equals(bytes, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    private static Evidence read(ByteString value, Hash chainId) {
        try {
            return Evidence.decode(new Decoder(value.bytes()), chainId);
        } catch (RejectedException e) {
            throw new IllegalStateException("an entry of evidence is none that this book wrote", e);
        }
    }
}
