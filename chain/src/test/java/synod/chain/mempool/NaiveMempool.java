package synod.chain.mempool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import synod.chain.Reason;
import synod.chain.Verified;
import synod.chain.state.Account;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;

/** The mempool's rules written down without any index: a list, and loops over it. */
final class NaiveMempool {
    record Item(Verified<Transaction> verified, long sequence, boolean local) {
        Transaction transaction() {
            return verified.value();
        }

        long nonce() {
            return transaction().nonce();
        }

        BigInteger cost() {
            return BigInteger.valueOf(transaction().fee().units())
                    .add(BigInteger.valueOf(transaction().payload().cost().units()));
        }
    }

    private static final Comparator<Item> ALONE = (a, b) -> {
        BigInteger left = BigInteger.valueOf(a.transaction().fee().units())
                .multiply(BigInteger.valueOf(b.transaction().size()));
        BigInteger right = BigInteger.valueOf(b.transaction().fee().units())
                .multiply(BigInteger.valueOf(a.transaction().size()));
        int byRate = right.compareTo(left);
        return byRate != 0 ? byRate : Long.compare(a.sequence(), b.sequence());
    };

    private final MempoolLimits limits;
    private final long minFeePerByte;
    private final TestAccounts accounts;
    private final Set<Hash> includedLocals = new HashSet<>();
    private long arrivals;
    List<Item> items = new ArrayList<>();

    NaiveMempool(MempoolLimits limits, long minFeePerByte, TestAccounts accounts) {
        this.limits = limits;
        this.minFeePerByte = minFeePerByte;
        this.accounts = accounts;
    }

    Optional<Reason> offer(Verified<Transaction> offered, boolean local) {
        Transaction transaction = offered.value();
        @Nullable Item known = find(transaction.id());
        if (known != null) {
            if (!local || known.local()) {
                return Optional.of(Reason.ALREADY_KNOWN);
            }
            if (localFull(transaction, null)) {
                return Optional.of(Reason.MEMPOOL_FULL);
            }
            items.set(items.indexOf(known), new Item(offered, known.sequence(), true));
            return Optional.empty();
        }
        if (transaction.fee().units() < minFeePerByte * transaction.size()) {
            return Optional.of(Reason.FEE_TOO_LOW);
        }
        Account account = accounts.account(transaction.sender());
        List<Item> chain = chain(items, transaction.sender());
        if (transaction.nonce() < account.nonce()) {
            return Optional.of(Reason.NONCE_USED);
        }
        if (transaction.nonce() > nextNonce(transaction.sender()) + 64) {
            return Optional.of(Reason.NONCE_TOO_FAR);
        }
        @Nullable
        Item replaced = chain.stream()
                .filter(item -> item.nonce() == transaction.nonce())
                .findFirst()
                .orElse(null);
        Item item = new Item(offered, arrivals, local || (replaced != null && replaced.local()));
        if (replaced == null && chain.size() >= limits.maxPerSender()) {
            return Optional.of(Reason.TOO_MANY_PENDING);
        }
        if (replaced != null) {
            long old = replaced.transaction().fee().units();
            boolean raised = 10 * transaction.fee().units() >= 11 * old
                    && transaction.fee().units() > old;
            if (!raised || ALONE.compare(new Item(offered, 0, false), new Item(replaced.verified(), 0, false)) > 0) {
                return Optional.of(Reason.REPLACEMENT_UNDERPRICED);
            }
        }
        BigInteger total = item.cost();
        for (Item other : chain) {
            total = other == replaced ? total : total.add(other.cost());
        }
        if (total.compareTo(BigInteger.valueOf(account.balance().units())) > 0) {
            return Optional.of(Reason.INSUFFICIENT_BALANCE);
        }
        List<Item> next = new ArrayList<>(items);
        next.remove(replaced);
        if (item.local()) {
            if (localFull(transaction, replaced)) {
                return Optional.of(Reason.MEMPOOL_FULL);
            }
            next.add(item);
        } else {
            next.add(item);
            List<Item> with = List.copyOf(next);
            // who may leave is judged by how things stand before the new one is in
            List<Item> leaving = new ArrayList<>(items);
            leaving.removeIf(other -> !isEvictable(other, items) || other == replaced);
            leaving.sort((a, b) -> ranksBefore(a, items, b, items) ? 1 : -1);
            while (tooManyRemote(next)) {
                if (leaving.isEmpty() || !ranksBefore(item, with, leaving.getFirst(), items)) {
                    return Optional.of(Reason.MEMPOOL_FULL);
                }
                next.remove(leaving.removeFirst());
            }
        }
        items = next;
        arrivals++;
        return Optional.empty();
    }

    List<Transaction> headMoved(List<Verified<Transaction>> undone, List<Transaction> applied) {
        Set<Hash> included = new HashSet<>();
        applied.forEach(transaction -> included.add(transaction.id()));
        for (Item item : List.copyOf(items)) {
            if (included.contains(item.transaction().id())) {
                items.remove(item);
                if (item.local()) {
                    includedLocals.add(item.transaction().id());
                }
            }
        }
        for (Verified<Transaction> back : undone) {
            if (included.contains(back.value().id())) {
                continue;
            }
            boolean local = includedLocals.remove(back.value().id());
            @Nullable
            Item rival = chain(items, back.value().sender()).stream()
                    .filter(item -> item.nonce() == back.value().nonce())
                    .findFirst()
                    .orElse(null);
            if (rival == null || (local && !rival.local())) {
                items.remove(rival);
                items.add(new Item(back, arrivals++, local));
            }
        }
        List<Transaction> dropped = dropImpossible();
        while (tooManyRemote(items)) {
            Optional<Item> worst = items.stream()
                    .filter(item -> isEvictable(item, items))
                    .max((a, b) -> ranksBefore(a, items, b, items) ? -1 : 1);
            if (worst.isEmpty()) {
                break;
            }
            items.remove(worst.get());
            dropped.add(worst.get().transaction());
        }
        return dropped;
    }

    private List<Transaction> dropImpossible() {
        List<Transaction> dropped = new ArrayList<>();
        for (int owner = 0; owner < accounts.count(); owner++) {
            Account account = accounts.get(owner);
            BigInteger cost = BigInteger.ZERO;
            boolean broken = false;
            for (Item item : chain(items, accounts.address(owner))) {
                boolean leaves;
                if (item.nonce() < account.nonce()) {
                    leaves = true;
                } else {
                    boolean payable = cost.add(item.cost())
                                    .compareTo(
                                            BigInteger.valueOf(account.balance().units()))
                            <= 0;
                    leaves = !item.local() && (broken || !payable);
                    broken |= leaves;
                    cost = leaves ? cost : cost.add(item.cost());
                }
                if (leaves) {
                    items.remove(item);
                    dropped.add(item.transaction());
                }
            }
        }
        return dropped;
    }

    /** Fills a block by taking, again and again, the best of all senders' next ones. */
    List<Transaction> blockOrder() {
        List<Item> left = new ArrayList<>(
                items.stream().filter(item -> isReady(item, items)).toList());
        List<Transaction> order = new ArrayList<>();
        while (!left.isEmpty()) {
            Item best = left.stream()
                    .filter(item -> left.stream()
                            .noneMatch(other -> other.transaction()
                                            .sender()
                                            .equals(item.transaction().sender())
                                    && other.nonce() < item.nonce()))
                    .min(ALONE)
                    .orElseThrow();
            left.remove(best);
            order.add(best.transaction());
        }
        return order;
    }

    long nextNonce(Address sender) {
        long next = accounts.account(sender).nonce();
        for (Item item : chain(items, sender)) {
            next = item.nonce() == next ? next + 1 : next;
        }
        return next;
    }

    private boolean isReady(Item item, List<Item> among) {
        Account account = accounts.account(item.transaction().sender());
        long nonce = account.nonce();
        BigInteger cost = BigInteger.ZERO;
        for (Item other : chain(among, item.transaction().sender())) {
            cost = cost.add(other.cost());
            if (other.nonce() != nonce++
                    || cost.compareTo(BigInteger.valueOf(account.balance().units())) > 0) {
                return false;
            }
            if (other == item) {
                return true;
            }
        }
        throw new AssertionError("not among them");
    }

    private static Item worstBefore(Item item, List<Item> among) {
        return chain(among, item.transaction().sender()).stream()
                .filter(other -> other.nonce() <= item.nonce())
                .max(ALONE)
                .orElseThrow();
    }

    private boolean ranksBefore(Item item, List<Item> itemAmong, Item other, List<Item> otherAmong) {
        boolean ready = isReady(item, itemAmong);
        if (ready != isReady(other, otherAmong)) {
            return ready;
        }
        int byWorst = ALONE.compare(worstBefore(item, itemAmong), worstBefore(other, otherAmong));
        return byWorst != 0 ? byWorst < 0 : item.nonce() < other.nonce();
    }

    private static boolean isEvictable(Item item, List<Item> among) {
        return chain(among, item.transaction().sender()).stream()
                .noneMatch(other -> other.nonce() >= item.nonce() && other.local());
    }

    private boolean localFull(Transaction transaction, @Nullable Item replaced) {
        List<Item> locals =
                items.stream().filter(item -> item.local() && item != replaced).toList();
        return locals.size() + 1 > limits.maxLocalCount()
                || bytes(locals) + transaction.size() > limits.maxLocalBytes();
    }

    private boolean tooManyRemote(List<Item> among) {
        List<Item> remote = among.stream().filter(item -> !item.local()).toList();
        return remote.size() > limits.maxCount() || bytes(remote) > limits.maxBytes();
    }

    private static long bytes(List<Item> among) {
        return among.stream().mapToLong(item -> item.transaction().size()).sum();
    }

    private @Nullable Item find(Hash id) {
        return items.stream()
                .filter(item -> item.transaction().id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static List<Item> chain(List<Item> among, Address sender) {
        return among.stream()
                .filter(item -> item.transaction().sender().equals(sender))
                .sorted(Comparator.comparingLong(Item::nonce))
                .toList();
    }
}
