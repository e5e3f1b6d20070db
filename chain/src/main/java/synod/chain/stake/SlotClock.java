package synod.chain.stake;

/**
 * Time in slots and epochs.
 *
 * @param originMillis when slot 0 of epoch 0 begins: block 0's time, milliseconds since 1970-01-01 UTC
 * @param slotMillis how long a slot lasts
 * @param epochSlots how many slots make an epoch
 */
public record SlotClock(long originMillis, long slotMillis, long epochSlots) {
    /** The longest slot, a day: rules that are never meant cannot overflow anything. */
    public static final long MAX_SLOT_MILLIS = 86_400_000;

    /** The longest epoch in slots. */
    public static final long MAX_EPOCH_SLOTS = 1_000_000;

    /** The shortest epoch in slots: a nonce needs some blocks before it freezes. */
    public static final long MIN_EPOCH_SLOTS = 3;

    /** Refuses what is out of bounds. */
    public SlotClock {
        if (originMillis < 0) {
            throw new IllegalArgumentException("slots cannot begin before 1970");
        }
        if (slotMillis < 1 || slotMillis > MAX_SLOT_MILLIS) {
            throw new IllegalArgumentException("slotMillis must be 1 to " + MAX_SLOT_MILLIS + ", not " + slotMillis);
        }
        if (epochSlots < MIN_EPOCH_SLOTS || epochSlots > MAX_EPOCH_SLOTS) {
            throw new IllegalArgumentException(
                    "epochSlots must be " + MIN_EPOCH_SLOTS + " to " + MAX_EPOCH_SLOTS + ", not " + epochSlots);
        }
    }

    /** The slot in which a time lies; times before the origin lie in slot 0. */
    public long slot(long timeMillis) {
        return timeMillis <= originMillis ? 0 : (timeMillis - originMillis) / slotMillis;
    }

    /** When a slot begins, in milliseconds since 1970-01-01 UTC. */
    public long startMillis(long slot) {
        return Math.addExact(originMillis, Math.multiplyExact(slot, slotMillis));
    }

    /** The epoch of a slot. */
    public long epoch(long slot) {
        return slot / epochSlots;
    }

    /** The first slot of an epoch. */
    public long firstSlot(long epoch) {
        return Math.multiplyExact(epoch, epochSlots);
    }

    /**
     * Whether a block in this slot still adds to the nonce of the next epoch: in the first two thirds of an epoch's
     * slots. In the last third that nonce is fixed, and enough honest blocks bury what it was made of before it counts.
     */
    public boolean feedsNextNonce(long slot) {
        return slot % epochSlots < epochSlots - epochSlots / 3;
    }
}
