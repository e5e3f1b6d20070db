package synod.consensus.pos;

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
import synod.chain.stake.StakeEvidence;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Entry;
import synod.crypto.PublicKey;

/** The first contradiction of each validator that was seen, durable; of no more validators than two sets may have. */
final class EvidenceFile {
    private static final int MAX_SIZE = 2 * ValidatorSet.MAX_SIZE;
    private static final byte[] PREFIX = "stake-evidence/".getBytes(StandardCharsets.US_ASCII);

    private final TreeMap<PublicKey, StakeEvidence> byAccused = new TreeMap<>();

    /** What the entries hold. */
    EvidenceFile(SortedMap<ByteString, ByteString> entries) {
        entries.tailMap(ByteString.of(PREFIX)).forEach((key, value) -> {
            if (isKey(key)) {
                StakeEvidence evidence = read(value);
                byAccused.put(evidence.accused(), evidence);
            }
        });
    }

    /** Keeps evidence against a validator that there was none against; returns what makes it durable. */
    Optional<Entry> add(StakeEvidence evidence) {
        if (byAccused.containsKey(evidence.accused()) || byAccused.size() >= MAX_SIZE) {
            return Optional.empty();
        }
        byAccused.put(evidence.accused(), evidence);
        byte[] key = new Encoder(48).raw(PREFIX).raw(evidence.accused().bytes()).toBytes();
        Encoder out = new Encoder(400);
        evidence.encode(out);
        return Optional.of(new Entry(ByteString.of(key), ByteString.of(out.toBytes())));
    }

    /** All of it, in the order of the accused validators' keys. */
    List<StakeEvidence> all() {
        return List.copyOf(byAccused.values());
    }

    private static boolean isKey(ByteString key) {
        byte[] bytes = key.bytes();
        return bytes.length == PREFIX.length + PublicKey.LENGTH
                && Arrays.equals(bytes, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    private static StakeEvidence read(ByteString value) {
        try {
            return StakeEvidence.decode(new Decoder(value.bytes()));
        } catch (RejectedException e) {
            throw new IllegalStateException("an entry of evidence is none that was written here", e);
        }
    }
}
