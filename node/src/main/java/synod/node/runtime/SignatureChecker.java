package synod.node.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/**
 * Checks transactions' signatures, on the callers' threads and on as many more as there are processors, and remembers by
 * id which were good: each is checked once, whether it first comes alone or in a block. The id covers the signature.
 */
final class SignatureChecker {
    private static final int REMEMBERED = 65_536;
    private static final int WORTH_SHARING = 16;

    private final Hash chainId;
    private final Cache<Hash, Boolean> good =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    SignatureChecker(Hash chainId) {
        this.chainId = chainId;
    }

    /** The first fault found, if any. */
    Optional<Rejection> check(List<Transaction> transactions) {
        List<Transaction> unchecked = transactions.stream()
                .filter(transaction -> good.getIfPresent(transaction.id()) == null)
                .toList();
        return (unchecked.size() >= WORTH_SHARING ? unchecked.parallelStream() : unchecked.stream())
                .filter(transaction -> !isGood(transaction))
                .findAny()
                .map(transaction -> new Rejection(
                        Reason.BAD_SIGNATURE,
                        "the signature of transaction " + transaction.id() + " is not its sender's for this chain"));
    }

    private boolean isGood(Transaction transaction) {
        boolean isGood = transaction.isSignedFor(chainId);
        if (isGood) {
            good.put(transaction.id(), Boolean.TRUE);
        }
        return isGood;
    }
}
