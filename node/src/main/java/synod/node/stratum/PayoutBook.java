package synod.node.stratum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What miners are owed. A found block counts when its reward is paid to the pool and it is still in the chain; then its new
 * coins are divided. Its fees stay with the pool, and pay the fees of the payouts.
 *
 * <p>It is kept in memory: what is owed or not mature when the process ends stays with the pool.
 */
final class PayoutBook {
    /** Less than this is not worth a transaction yet: a hundredth of a coin. */
    static final long MIN_PAYOUT_UNITS = 1_000_000;

    /** More blocks than this never wait for maturity. */
    private static final int MAX_WAITING = 16_384;

    private final List<FoundBlock> waiting = new ArrayList<>();
    private final Map<Address, Long> owed = new TreeMap<>();

    /** One miner's money. */
    record Payout(Address to, long units) {}

    void found(FoundBlock block) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(block);
        }
    }

    /** The lowest height of a block that waits for maturity. */
    OptionalLong lowestWaiting() {
        return waiting.stream()
                .mapToLong(found -> found.block().header().height())
                .min();
    }

    /**
     * Counts the blocks that are mature.
     *
     * @param matureHeight the highest block whose reward is paid
     * @param canonical the id of the block of a height
     * @param newCoins units that the block of a height makes
     */
    void mature(long matureHeight, LongFunction<Hash> canonical, LongUnaryOperator newCoins) {
        waiting.removeIf(found -> {
            long height = found.block().header().height();
            if (height > matureHeight) {
                return false;
            }
            if (canonical.apply(height).equals(found.block().id())) {
                found.parts().forEach((worker, part) -> owe(worker, share(newCoins.applyAsLong(height), part)));
            }
            return true;
        });
    }

    private static long share(long units, long part) {
        return BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(FoundBlock.WHOLE))
                .longValueExact();
    }

    private void owe(Address worker, long units) {
        owed.merge(worker, units, Math::addExact);
    }

    /** Who is to be paid now, at most so many. */
    List<Payout> due(int max) {
        return owed.entrySet().stream()
                .filter(entry -> entry.getValue() >= MIN_PAYOUT_UNITS)
                .limit(max)
                .map(entry -> new Payout(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The transaction of a payout is kept by this node: it is owed no longer. */
    void paid(Payout payout) {
        owed.computeIfPresent(payout.to(), (worker, units) -> units == payout.units() ? null : units - payout.units());
    }
}
