package synod.consensus.pos;

import java.util.Optional;
import java.util.TreeMap;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/** The claims to the last slots that blocks came with, in order to notice who claims two blocks for one slot. */
final class SlotClaims {
    /** The most claims kept; beyond it those to the oldest slot go. */
    static final int MAX_CLAIMS = 4_096;

    private final TreeMap<Long, TreeMap<PublicKey, Claimed>> bySlot = new TreeMap<>();
    private int count;

    private record Claimed(SlotClaim claim, Signature signature) {}

    /** Takes a signed claim; what contradiction it shows, if any. */
    Optional<StakeEvidence> add(PublicKey proposer, SlotClaim claim, Signature signature) {
        TreeMap<PublicKey, Claimed> claims = bySlot.computeIfAbsent(claim.slot(), _ -> new TreeMap<>());
        Claimed first = claims.putIfAbsent(proposer, new Claimed(claim, signature));
        if (first == null) {
            count++;
            while (count > MAX_CLAIMS) {
                count -= bySlot.pollFirstEntry().getValue().size();
            }
            return Optional.empty();
        }
        return first.claim().contradicts(claim)
                ? Optional.of(new StakeEvidence(proposer, first.claim(), first.signature(), claim, signature))
                : Optional.empty();
    }

    /** How many claims are kept. */
    int size() {
        return count;
    }
}
