package synod.chain.tree;

/**
 * What of the tree is held in memory.
 *
 * @param maxIncomplete most nodes whose body, or an ancestor's, is not here; as many invalid blocks are remembered
 * @param maxCached most nodes that are kept at hand after having been read from the store
 */
public record TreeLimits(int maxIncomplete, int maxCached) {
    /** 20,000 headers ahead of their bodies, 4,096 nodes at hand. */
    public static final TreeLimits DEFAULT = new TreeLimits(20_000, 4_096);

    /** Refuses limits below 1. */
    public TreeLimits {
        if (maxIncomplete < 1 || maxCached < 1) {
            throw new IllegalArgumentException("a limit of the block tree below 1");
        }
    }
}
