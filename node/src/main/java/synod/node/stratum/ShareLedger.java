package synod.node.stratum;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import synod.crypto.Address;

/**
 * Who did how much of the last work: pay per last <em>n</em> shares (PPLNS). A block's reward is split by the difficulties
 * of the last accepted shares, as far back as their work adds up to twice the block's; so a miner gains nothing by coming
 * and going, and is paid the same on average whichever share finds the block.
 */
final class ShareLedger {
    /** How much work counts, in blocks' worth. */
    private static final double WINDOW_BLOCKS = 2;

    /** More shares than this are never kept, however easy they are. */
    private static final int MAX_SHARES = 1 << 20;

    /** Parts in which work is counted, so that all arithmetic with money is of integers. */
    private static final double PARTS = 1L << 32;

    private final Deque<Share> shares = new ArrayDeque<>();

    private record Share(Address worker, BigInteger work) {}

    /** Counts an accepted share. */
    void add(Address worker, double difficulty) {
        if (shares.size() == MAX_SHARES) {
            shares.removeFirst();
        }
        shares.addLast(new Share(worker, work(difficulty)));
    }

    private static BigInteger work(double difficulty) {
        return new BigDecimal(difficulty * PARTS).toBigInteger().max(BigInteger.ONE);
    }

    /**
     * Splits a reward, rounding down; what is left by rounding stays with the pool. Shares that are too old for this block
     * are forgotten.
     *
     * @param units of the reward
     * @param blockDifficulty of the block that was found
     */
    Map<Address, Long> split(long units, double blockDifficulty) {
        BigInteger window = work(WINDOW_BLOCKS * blockDifficulty);
        BigInteger total = BigInteger.ZERO;
        Map<Address, BigInteger> byWorker = new TreeMap<>();
        Deque<Share> kept = new ArrayDeque<>();
        while (!shares.isEmpty() && total.compareTo(window) < 0) {
            Share share = shares.removeLast();
            total = total.add(share.work());
            byWorker.merge(share.worker(), share.work(), BigInteger::add);
            kept.addFirst(share);
        }
        shares.clear();
        shares.addAll(kept);
        Map<Address, Long> amounts = new TreeMap<>();
        for (Map.Entry<Address, BigInteger> part : byWorker.entrySet()) {
            long amount = BigInteger.valueOf(units)
                    .multiply(part.getValue())
                    .divide(total)
                    .longValueExact();
            if (amount > 0) {
                amounts.put(part.getKey(), amount);
            }
        }
        return amounts;
    }
}
