package synod.chain.store;

import java.util.List;

/**
 * The owner's live soft state, repeated at the head of every new segment, so that a restart finds all of it in the
 * last one.
 */
@FunctionalInterface
public interface CarryOver {
    /**
     * Everything that a restart must still find, in the order in which to read it. Asked for in the middle of
     * {@link Journal#append}, before the record at hand is part of the journal: what that record says need not be in
     * it. Must not call the journal.
     */
    List<Entry> entries();

    /**
     * One record to repeat.
     *
     * @param kind as in {@link Journal#append}
     * @param payload as in {@link Journal#append}
     */
    record Entry(int kind, byte[] payload) {}
}
