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

/** A chain as payments see it: blocks, a mempool, and what everybody received. Survives the node. */
final class TestChain implements PoolChain {
    final List<Hash> blocks = new ArrayList<>();
    final Map<Long, List<Transaction>> included = new TreeMap<>();
    final Map<Address, Long> received = new TreeMap<>();
    private final TreeMap<Long, Transaction> mempool = new TreeMap<>();
    private long nonce;

    TestChain() {
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
                received.merge(transfer.to(), transfer.amount().units(), Long::sum);
            }
        });
        included.put(height(), taken);
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
