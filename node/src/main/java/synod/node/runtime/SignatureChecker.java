package synod.node.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.SignatureBatch;
import synod.crypto.SignedMessage;
import synod.node.rpc.port.SignaturePort;

/**
 * Checks transactions' signatures, those in their payloads too, and remembers by id which were good: each is checked once, whether it first comes alone
 * or in a block. The id covers the signature.
 *
 * <p>Many signatures cost less together than one by one. So what comes while a check is under way is gathered, and
 * whoever is next to check takes all of it, on as many threads as there are processors if it is much. Where little comes
 * nobody waits for company.
 */
final class SignatureChecker implements SignaturePort {
    private static final int REMEMBERED = 65_536;

    /** So many share one sum of points; a thread takes one part after the other. */
    private static final int PART = 64;

    private static final int WORTH_SHARING = 2 * PART;

    private final Hash chainId;
    private final Cache<Hash, Boolean> good =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Queue<Request> gathered = new ConcurrentLinkedQueue<>();
    private final Lock checking = new ReentrantLock();

    SignatureChecker(Hash chainId) {
        this.chainId = chainId;
    }

    /** Transactions that somebody wants checked, and what came of it once it is done. */
    private final class Request implements Check {
        final List<Transaction> transactions;
        private volatile @Nullable Optional<Rejection> fault;

        Request(List<Transaction> transactions) {
            this.transactions = transactions;
        }

        @Override
        public Optional<Rejection> await() {
            Optional<Rejection> known = fault;
            if (known != null) {
                return known;
            }
            checking.lock();
            try {
                known = fault;
                if (known == null) {
                    checkGathered();
                    known = fault;
                }
            } finally {
                checking.unlock();
            }
            if (known == null) {
                throw new IllegalStateException("a request for a check was lost");
            }
            return known;
        }

        void settle(Set<Hash> bad) {
            fault = transactions.stream()
                    .map(Transaction::id)
                    .filter(bad::contains)
                    .findFirst()
                    .map(id -> new Rejection(
                            Reason.BAD_SIGNATURE,
                            "a signature in transaction " + id + " is not its key's for this chain"));
        }
    }

    @Override
    public Check begin(List<Transaction> transactions) {
        List<Transaction> unchecked = transactions.stream()
                .filter(transaction -> good.getIfPresent(transaction.id()) == null)
                .toList();
        if (unchecked.isEmpty()) {
            return Optional::empty;
        }
        Request request = new Request(unchecked);
        gathered.add(request);
        return request;
    }

    /** Everything that was gathered before this began, at least. */
    private void checkGathered() {
        List<Request> requests = new ArrayList<>();
        Map<Hash, Transaction> distinct = new LinkedHashMap<>();
        for (Request request = gathered.poll(); request != null; request = gathered.poll()) {
            requests.add(request);
            request.transactions.forEach(transaction -> distinct.putIfAbsent(transaction.id(), transaction));
        }
        List<Transaction> unchecked = distinct.values().stream()
                .filter(transaction -> good.getIfPresent(transaction.id()) == null)
                .toList();
        IntStream parts = IntStream.range(0, Math.ceilDiv(unchecked.size(), PART));
        Set<Hash> bad = (unchecked.size() >= WORTH_SHARING ? parts.parallel() : parts)
                .mapToObj(part -> unchecked.subList(part * PART, Math.min(unchecked.size(), (part + 1) * PART)))
                .flatMap(this::bad)
                .map(Transaction::id)
                .collect(Collectors.toSet());
        requests.forEach(request -> request.settle(bad));
    }

    private Stream<Transaction> bad(List<Transaction> part) {
        List<SignedMessage> messages = new ArrayList<>(part.size());
        List<Transaction> owners = new ArrayList<>(part.size());
        for (Transaction transaction : part) {
            for (SignedMessage message : transaction.signedMessages(chainId)) {
                messages.add(message);
                owners.add(transaction);
            }
        }
        List<Transaction> bad =
                SignatureBatch.invalid(messages).stream().mapToObj(owners::get).toList();
        part.stream()
                .filter(transaction -> !bad.contains(transaction))
                .forEach(transaction -> good.put(transaction.id(), Boolean.TRUE));
        return bad.stream();
    }
}
