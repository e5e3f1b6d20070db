package synod.node.stratum;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * Who did how much of the last work: pay per last <em>n</em> shares (PPLNS). A block's reward is split by the difficulties
 * of the last accepted shares, as far back as their work adds up to twice the block's; so a miner gains nothing by coming
 * and going, and is paid the same on average whichever share finds the block.
 */
final class ShareLedger {
    /** Bytes of a share's encoding. */
    static final int SHARE_BYTES = Hash.LENGTH + Long.BYTES;

    /** How much work counts, in blocks' worth. */
    private static final double WINDOW_BLOCKS = 2;

    /** More shares than this are never kept, however easy they are. */
    private static final int MAX_SHARES = 1 << 17;

    /** Among more workers than these a block is never divided. */
    static final int MAX_WORKERS = 1 << 13;

    /** Parts in which work is counted, so that all arithmetic with money is of integers. */
    private static final double PARTS = 1L << 32;

    private final Deque<Share> shares = new ArrayDeque<>();
    private final Map<Address, Integer> sharesByWorker = new TreeMap<>();

    /** An accepted share. */
    record Share(Address worker, double difficulty) {
        /** Reads an encoded share. */
        static Share decode(Decoder in) throws RejectedException {
            Address worker = new Address(in.hash());
            double difficulty = Double.longBitsToDouble(in.u64());
            if (!(difficulty > 0) || Double.isInfinite(difficulty)) {
                throw in.malformed("a share of difficulty " + difficulty);
            }
            return new Share(worker, difficulty);
        }

        void encode(Encoder out) {
            out.hash(worker.digest()).u64(Double.doubleToLongBits(difficulty));
        }

        private BigInteger work() {
            return ShareLedger.work(difficulty);
        }
    }

    /**
     * The least difficulty of shares on the way to a block. Easier ones could push work out of the window that still
     * counts, for no more of them are kept than {@link #MAX_SHARES}.
     */
    static double leastDifficulty(double blockDifficulty) {
        return WINDOW_BLOCKS * blockDifficulty / MAX_SHARES;
    }

    /** Counts an accepted share. */
    void add(Address worker, double difficulty) {
        if (shares.size() == MAX_SHARES) {
            removeFirst();
        }
        shares.addLast(new Share(worker, difficulty));
        sharesByWorker.merge(worker, 1, Integer::sum);
    }

    private void removeFirst() {
        sharesByWorker.computeIfPresent(
                shares.removeFirst().worker(), (worker, count) -> count == 1 ? null : count - 1);
    }

    /** Whether shares of this worker are kept. */
    boolean has(Address worker) {
        return sharesByWorker.containsKey(worker);
    }

    /** Whether there is a place for another worker. */
    boolean hasPlace() {
        return sharesByWorker.size() < MAX_WORKERS;
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
        int counted = 0;
        Iterator<Share> newestFirst = shares.descendingIterator();
        while (newestFirst.hasNext() && total.compareTo(window) < 0) {
            Share share = newestFirst.next();
            total = total.add(share.work());
            byWorker.merge(share.worker(), share.work(), BigInteger::add);
            counted++;
        }
        while (shares.size() > counted) {
            removeFirst();
        }
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

    void encode(Encoder out) {
        out.u32(shares.size());
        shares.forEach(share -> share.encode(out));
    }

    static ShareLedger decode(Decoder in) throws RejectedException {
        ShareLedger ledger = new ShareLedger();
        int count = in.count(MAX_SHARES, SHARE_BYTES);
        for (int i = 0; i < count; i++) {
            Share share = Share.decode(in);
            ledger.add(share.worker(), share.difficulty());
        }
        return ledger;
    }
}
