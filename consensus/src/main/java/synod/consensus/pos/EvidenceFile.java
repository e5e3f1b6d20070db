package synod.consensus.pos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.StakeEvidence;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Entry;
import synod.crypto.PublicKey;

/**
 * The first contradiction of each validator that was seen, durable; of no more validators than two sets may have. Proof that
 * has done its work stays for people to see until its room is needed.
 */
final class EvidenceFile {
    static final int MAX_SIZE = 2 * ValidatorSet.MAX_SIZE;
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

    /**
     * Keeps evidence against a validator that there was none against.
     *
     * @param isUseful whether evidence against this key can still do anything; where there is no room, what cannot gives way
     * @return what makes that durable; nothing if it is not kept
     */
    List<Entry> add(StakeEvidence evidence, Predicate<PublicKey> isUseful) {
        if (byAccused.containsKey(evidence.accused())) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        if (byAccused.size() >= MAX_SIZE) {
            List<PublicKey> done =
                    byAccused.keySet().stream().filter(isUseful.negate()).toList();
            done.forEach(key -> {
                byAccused.remove(key);
                entries.add(new Entry(key(key), ByteString.EMPTY));
            });
        }
        if (byAccused.size() >= MAX_SIZE) {
            return List.of();
        }
        byAccused.put(evidence.accused(), evidence);
        Encoder out = new Encoder(400);
        evidence.encode(out);
        entries.add(new Entry(key(evidence.accused()), ByteString.of(out.toBytes())));
        return entries;
    }

    private static ByteString key(PublicKey accused) {
        return ByteString.of(new Encoder(48).raw(PREFIX).raw(accused.bytes()).toBytes());
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
