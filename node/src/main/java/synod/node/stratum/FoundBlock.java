package synod.node.stratum;

import java.util.Map;
import synod.chain.Block;
import synod.crypto.Address;

/**
 * A block that a miner found.
 *
 * @param parts whose work was in it: parts of {@link #WHOLE}, which add up to no more than that
 */
public record FoundBlock(Block block, Map<Address, Long> parts) {
    /** Into so many parts a reward is divided. */
    public static final long WHOLE = 1_000_000_000;
}
