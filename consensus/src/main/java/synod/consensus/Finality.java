package synod.consensus;

/**
 * How sure it is that a block stays.
 *
 * @param kind what the assurance rests on
 * @param depth blocks on the adopted branch from this one to the head, both counted; zero if it is not on that branch
 * @param isFinal whether the engine will never undo it; under proof of work never true
 */
public record Finality(Kind kind, long depth, boolean isFinal) {
    /** What the assurance rests on. */
    public enum Kind {
        /** Work: undoing costs as much work again, and is never impossible. */
        PROBABILISTIC,
        /** Stake: undoing costs a third of the stake its deposit. */
        ECONOMIC,
        /** Votes of a Byzantine quorum. */
        BYZANTINE,
        /** A majority's disks; no proof against a lying leader. */
        CRASH;

        /** The name for programs. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
