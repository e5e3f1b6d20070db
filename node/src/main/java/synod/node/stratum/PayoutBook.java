package synod.node.stratum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What miners are owed. A found block counts when its reward is paid to the pool and it is still in the chain; then its new
 * coins are divided. Its fees stay with the pool.
 *
 * <p>A debt becomes a payment when its transaction is signed, and from then on it is that transaction or nothing: no other
 * is signed for it before it is certain that this one can never be included any more. The transaction's fee is taken from
 * the debt, so that the pool never owes more than it has.
 */
final class PayoutBook {
    /** More blocks than this never wait for maturity. */
    private static final int MAX_WAITING = 16_384;

    /** Into more parts than these the blocks that wait are never divided, all together. */
    private static final int MAX_PARTS = 1 << 20;

    /** So many debts, and nobody new can be owed anything. */
    private static final int MAX_DEBTS = 1 << 18;

    /** More than the debts are when all parts have become debts of others. */
    private static final int MAX_ENTRIES = 1 << 21;

    private static final int ENTRY_BYTES = Hash.LENGTH + Long.BYTES;

    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<Address, Long> owed = new TreeMap<>();
    private final Map<Hash, Transaction> unsettled = new LinkedHashMap<>();
    private long paidBlocks;
    private long orphans;

    /** A found block that is not mature. */
    private record Waiting(Hash block, long height, Map<Address, Long> parts) {}

    /** One miner's debt. */
    record Payout(Address to, long units) {}

    /** A block was found. One that is known already is not counted again: its reward is paid once. */
    void found(FoundBlock found) {
        if (waiting.stream()
                .anyMatch(known -> known.block().equals(found.block().id()))) {
            return;
        }
        if (!hasPlaceFor(found)) {
            throw new IllegalStateException(waiting.size() + " found blocks wait already");
        }
        waiting.add(new Waiting(found.block().id(), found.block().header().height(), new TreeMap<>(found.parts())));
    }

    /** Whether another block may wait for maturity. */
    boolean hasPlaceFor(FoundBlock found) {
        int parts = waiting.stream().mapToInt(known -> known.parts().size()).sum();
        return waiting.size() < MAX_WAITING && parts + found.parts().size() <= MAX_PARTS;
    }

    /** Whether this worker, of which there may be no share yet, can be owed something. */
    boolean hasPlaceFor(Address worker) {
        return owed.containsKey(worker) || owed.size() < MAX_DEBTS;
    }

    /** The heights of the blocks that wait for maturity. */
    List<Long> waitingHeights() {
        return waiting.stream().map(Waiting::height).distinct().toList();
    }

    /** The lowest height of a block that waits for maturity. */
    OptionalLong lowestWaiting() {
        return waiting.stream().mapToLong(Waiting::height).min();
    }

    /**
     * Counts the blocks that are mature. One whose height is not among those that were looked up waits for the next time.
     *
     * @param matureHeight the highest block whose reward is paid and that stays in the chain
     * @param canonical the ids of the blocks of the heights that were looked up
     * @param newCoins units that the block of a height makes
     */
    void mature(long matureHeight, Map<Long, Hash> canonical, LongUnaryOperator newCoins) {
        List<Waiting> ripe = waiting.stream()
                .filter(found -> found.height() <= matureHeight && canonical.containsKey(found.height()))
                .toList();
        waiting.removeAll(ripe);
        for (Waiting found : ripe) {
            if (Objects.equals(canonical.get(found.height()), found.block())) {
                paidBlocks++;
                long coins = newCoins.applyAsLong(found.height());
                found.parts().forEach((worker, part) -> owe(worker, share(coins, part)));
            } else {
                orphans++;
            }
        }
    }

    private static long share(long units, long part) {
        return BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(FoundBlock.WHOLE))
                .longValueExact();
    }

    private void owe(Address worker, long units) {
        if (units > 0) {
            owed.merge(worker, units, Math::addExact);
        }
    }

    /**
     * Who is to be paid now: the greatest debts: a smaller one grows, or waits until fewer are greater.
     *
     * @param leastUnits a smaller debt waits until it has grown
     */
    List<Payout> due(int max, long leastUnits) {
        return owed.entrySet().stream()
                .filter(entry -> entry.getValue() >= leastUnits)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(max)
                .map(entry -> new Payout(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A debt, or a part of it, is now this payment and its fee. */
    void sign(Transaction payment) {
        Address worker = transferOf(payment).to();
        long cost = cost(payment);
        Long debt = owed.get(worker);
        if (debt == null || debt < cost) {
            throw new IllegalStateException("a payment of " + cost + " units for a debt of " + debt);
        }
        owed.computeIfPresent(worker, (address, units) -> units == cost ? null : units - cost);
        if (unsettled.put(payment.id(), payment) != null) {
            throw new IllegalStateException("the payment " + payment.id() + " is signed for two debts");
        }
    }

    /** Payments of which it is not certain that they are in the chain for good, in the order of their nonces. */
    List<Transaction> unsettled() {
        return List.copyOf(unsettled.values());
    }

    /** A payment is in the chain for good. */
    void settled(Hash payment) {
        unsettled.remove(payment);
    }

    /** A payment can never be included any more: the debt is there again. */
    void failed(Hash payment) {
        Transaction transaction = unsettled.remove(payment);
        if (transaction != null) {
            owe(transferOf(transaction).to(), cost(transaction));
        }
    }

    /** Units that are owed and of which no payment is signed. */
    long owedUnits() {
        return owed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Found blocks that stayed in the chain, of those that are old enough to tell. */
    long paidBlocks() {
        return paidBlocks;
    }

    /** Found blocks that did not. */
    long orphans() {
        return orphans;
    }

    /** What a payment takes from the debt: its amount and its fee. */
    private static long cost(Transaction payment) {
        return Math.addExact(transferOf(payment).amount().units(), payment.fee().units());
    }

    private static Transfer transferOf(Transaction payment) {
        if (!(payment.payload() instanceof Transfer transfer)) {
            throw new IllegalStateException("a payment that is no transfer: " + payment);
        }
        return transfer;
    }

    void encode(Encoder out) {
        out.u64(paidBlocks).u64(orphans).u32(waiting.size());
        for (Waiting found : waiting) {
            out.hash(found.block()).u64(found.height());
            encode(found.parts(), out);
        }
        encode(owed, out);
        out.u32(unsettled.size());
        unsettled.values().forEach(payment -> out.bytes16(payment.encode()));
    }

    private static void encode(Map<Address, Long> amounts, Encoder out) {
        out.u32(amounts.size());
        amounts.forEach((worker, amount) -> out.hash(worker.digest()).u64(amount));
    }

    static PayoutBook decode(Decoder in) throws RejectedException {
        PayoutBook book = new PayoutBook();
        book.paidBlocks = in.u63();
        book.orphans = in.u63();
        int blocks = in.count(MAX_WAITING, ENTRY_BYTES);
        for (int i = 0; i < blocks; i++) {
            book.waiting.add(new Waiting(in.hash(), in.u63(), amounts(in)));
        }
        book.owed.putAll(amounts(in));
        int payments = in.count(MAX_ENTRIES, Transaction.MIN_BYTES);
        for (int i = 0; i < payments; i++) {
            Decoder payment = new Decoder(in.bytes16(Transaction.MAX_BYTES));
            Transaction transaction = Transaction.decode(payment);
            payment.finish();
            book.unsettled.put(transaction.id(), transaction);
        }
        return book;
    }

    private static Map<Address, Long> amounts(Decoder in) throws RejectedException {
        Map<Address, Long> amounts = new TreeMap<>();
        int count = in.count(MAX_ENTRIES, ENTRY_BYTES);
        for (int i = 0; i < count; i++) {
            amounts.put(new Address(in.hash()), in.u63());
        }
        return amounts;
    }
}
