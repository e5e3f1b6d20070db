package synod.node.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.SignatureBatch;
import synod.crypto.SignedMessage;
import synod.node.rpc.port.SignaturePort;

/**
 * Checks transactions' signatures, those in their payloads too, in batches, on the callers' threads and on as many more as there are processors, and
 * remembers by id which were good: each is checked once, whether it first comes alone or in a block. The id covers the signature.
 */
final class SignatureChecker implements SignaturePort {
    private static final int REMEMBERED = 65_536;

    /** So many share one sum of points; a thread takes one part after the other. */
    private static final int PART = 64;

    private static final int WORTH_SHARING = 2 * PART;

    private final Hash chainId;
    private final Cache<Hash, Boolean> good =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    SignatureChecker(Hash chainId) {
        this.chainId = chainId;
    }

    @Override
    public Optional<Rejection> check(List<Transaction> transactions) {
        List<Transaction> unchecked = transactions.stream()
                .filter(transaction -> good.getIfPresent(transaction.id()) == null)
                .toList();
        IntStream parts = IntStream.range(0, Math.ceilDiv(unchecked.size(), PART));
        return (unchecked.size() >= WORTH_SHARING ? parts.parallel() : parts)
                .mapToObj(part -> unchecked.subList(part * PART, Math.min(unchecked.size(), (part + 1) * PART)))
                .flatMap(this::bad)
                .findAny()
                .map(transaction -> new Rejection(
                        Reason.BAD_SIGNATURE,
                        "a signature in transaction " + transaction.id() + " is not its key's for this chain"));
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
