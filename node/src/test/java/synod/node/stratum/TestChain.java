package synod.node.stratum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** A chain as payments see it: blocks, a mempool, what the pool has and whom it paid. Survives the node. */
final class TestChain implements PoolChain {
    final List<Hash> blocks = new ArrayList<>();
    final Map<Long, List<Transaction>> included = new TreeMap<>();
    /** What everybody was paid and what that cost in fees. */
    final Map<Address, Long> paid = new TreeMap<>();

    /** What the pool has. */
    long balance;

    private final long reward;
    private final TreeMap<Long, Transaction> mempool = new TreeMap<>();
    private long nonce;

    /** A chain whose blocks are worth so much to whoever finds them. */
    TestChain(long reward) {
        this.reward = reward;
        extend(Sha256.hash(new byte[] {99}));
    }

    long height() {
        return blocks.size() - 1L;
    }

    /** A block of somebody else's. */
    void extend() {
        extend(Sha256.hash(new byte[] {(byte) blocks.size(), (byte) (blocks.size() >> 8)}));
    }

    /** The pool's block. */
    void extend(Block block) {
        balance += reward;
        extend(block.id());
    }

    private void extend(Hash block) {
        blocks.add(block);
        List<Transaction> taken = new ArrayList<>();
        while (mempool.containsKey(nonce)) {
            taken.add(mempool.remove(nonce++));
        }
        taken.forEach(payment -> {
            if (payment.payload() instanceof Transfer transfer) {
                paid.merge(transfer.to(), cost(payment), Long::sum);
                balance -= cost(payment);
            }
        });
        included.put(height(), taken);
    }

    private static long cost(Transaction payment) {
        return payment.payload().cost().units() + payment.fee().units();
    }

    /** The mempool is lost. */
    void forget() {
        mempool.clear();
    }

    @Override
    public View look(List<Long> heights, List<Transaction> payments) {
        Map<Long, Hash> ids = new HashMap<>();
        heights.stream()
                .filter(height -> height <= height())
                .forEach(height -> ids.put(height, blocks.get(height.intValue())));
        Map<Hash, Fate> fates = new HashMap<>();
        for (Transaction payment : payments) {
            OptionalLong at = OptionalLong.empty();
            OptionalLong replacedAt = OptionalLong.empty();
            for (Map.Entry<Long, List<Transaction>> block : included.entrySet()) {
                for (Transaction transaction : block.getValue()) {
                    if (transaction.equals(payment)) {
                        at = OptionalLong.of(block.getKey());
                    } else if (transaction.nonce() == payment.nonce()) {
                        replacedAt = OptionalLong.of(block.getKey());
                    }
                }
            }
            fates.put(payment.id(), new Fate(at, replacedAt, mempool.containsValue(payment)));
        }
        long next = nonce;
        while (mempool.containsKey(next)) {
            next++;
        }
        return new View(height(), ids, fates, next);
    }

    @Override
    public Optional<Rejection> submit(Transaction payment) {
        if (payment.nonce() < nonce) {
            return Optional.of(new Rejection(Reason.NONCE_USED, "used"));
        }
        long promised = mempool.values().stream().mapToLong(TestChain::cost).sum();
        if (!mempool.containsKey(payment.nonce()) && promised + cost(payment) > balance) {
            return Optional.of(new Rejection(Reason.INSUFFICIENT_BALANCE, "the pool has " + balance));
        }
        Transaction other = mempool.putIfAbsent(payment.nonce(), payment);
        if (other == null) {
            return Optional.empty();
        }
        return Optional.of(
                other.equals(payment)
                        ? new Rejection(Reason.ALREADY_KNOWN, "known")
                        : new Rejection(Reason.REPLACEMENT_UNDERPRICED, "taken"));
    }
}
