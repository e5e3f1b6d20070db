package synod.node.stratum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;
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
 * coins are divided. Its fees stay with the pool, and pay the fees of the payouts.
 *
 * <p>A debt becomes a payment when its transaction is signed, and from then on it is that transaction or nothing: no other
 * is signed for it before it is certain that this one can never be included any more.
 */
final class PayoutBook {
    /** Less than this is not worth a transaction yet: a hundredth of a coin. */
    static final long MIN_PAYOUT_UNITS = 1_000_000;

    /** More blocks than this never wait for maturity. */
    private static final int MAX_WAITING = 16_384;

    private static final int MAX_ENTRIES = 1 << 20;
    private static final int ENTRY_BYTES = Hash.LENGTH + Long.BYTES;

    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<Address, Long> owed = new TreeMap<>();
    private final Map<Hash, Transaction> unsettled = new LinkedHashMap<>();
    private long paidBlocks;
    private long orphans;

    /** A found block that is not mature. */
    private record Waiting(Hash block, long height, Map<Address, Long> parts) {}

    /** One miner's money. */
    record Payout(Address to, long units) {}

    /** A block was found. One that is known already is not counted again: its reward is paid once. */
    void found(FoundBlock found) {
        if (waiting.stream()
                .anyMatch(known -> known.block().equals(found.block().id()))) {
            return;
        }
        if (waiting.size() == MAX_WAITING) {
            throw new IllegalStateException(MAX_WAITING + " found blocks wait for maturity: the chain does not move");
        }
        waiting.add(new Waiting(found.block().id(), found.block().header().height(), new TreeMap<>(found.parts())));
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
     * Counts the blocks that are mature.
     *
     * @param matureHeight the highest block whose reward is paid
     * @param canonical the id of the block of a height
     * @param newCoins units that the block of a height makes
     */
    void mature(long matureHeight, LongFunction<Hash> canonical, LongUnaryOperator newCoins) {
        waiting.removeIf(found -> {
            if (found.height() > matureHeight) {
                return false;
            }
            if (canonical.apply(found.height()).equals(found.block())) {
                paidBlocks++;
                long coins = newCoins.applyAsLong(found.height());
                found.parts().forEach((worker, part) -> owe(worker, share(coins, part)));
            } else {
                orphans++;
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

    /** A debt is now this payment. */
    void sign(Transaction payment) {
        Transfer transfer = transferOf(payment);
        Long debt = owed.get(transfer.to());
        if (debt == null || debt < transfer.amount().units()) {
            throw new IllegalStateException("a payment of " + transfer.amount() + " for a debt of " + debt + " units");
        }
        owed.computeIfPresent(
                transfer.to(),
                (worker, units) -> units == transfer.amount().units()
                        ? null
                        : units - transfer.amount().units());
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
            Transfer transfer = transferOf(transaction);
            owe(transfer.to(), transfer.amount().units());
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
