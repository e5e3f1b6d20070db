package synod.chain.stake;

import java.util.List;
import java.util.Optional;
import synod.crypto.PublicKey;

/** What may be read about stake in the state after the head block. */
public interface StakeView {
    /** What the network's genesis fixes. */
    StakeRules rules();

    /** The head block's slot. */
    long slot();

    /** The head block's epoch. */
    EpochState epoch();

    /**
     * An epoch as a block in it that stands on the head would find it: the head's own, or what becomes of it when epochs
     * begin.
     *
     * @throws IllegalArgumentException if the epoch is before the head's
     */
    default EpochState epoch(long number) {
        return ahead().epoch(number);
    }

    /** What the head's state says about epochs to come. */
    EpochsAhead ahead();

    /** A validator's coins and keys as they are now; snapshots follow later. */
    Optional<StakeRecord> validator(PublicKey key);

    /** The keys of all who have stake bonded and are not jailed, ascending: who would be in a snapshot taken now. */
    List<PublicKey> bonded();
}
