package synod.consensus.branch;

import synod.chain.tree.BlockNode;

/** Which of two blocks an engine would rather have as its head, whatever their order of arrival. */
public interface Preference {
    /** Of two branches the one with more weight, and nothing else counts. */
    Preference HEAVIER = (node, head) -> node.totalWeight().compareTo(head.totalWeight()) > 0;

    /** Whether this block should be the head in the head's place. */
    boolean isBetter(BlockNode node, BlockNode head);

    /**
     * Whether this block, which should not be the head now, may have to become it later without another block arriving:
     * where something else than weight counts, and changes.
     */
    default boolean mayBecomeBetter(BlockNode node) {
        return false;
    }
}
