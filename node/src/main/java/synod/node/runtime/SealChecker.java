package synod.node.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.consensus.Consensus;
import synod.crypto.Hash;
import synod.node.wire.SealedHeader;

/**
 * Checks what seals prove by themselves, signatures above all, on the callers' threads and on as many more as there are
 * processors, and remembers which were good: every peer announces the same block.
 */
final class SealChecker {
    private static final int REMEMBERED = 1_024;
    private static final int WORTH_SHARING = 8;

    private final Consensus consensus;
    private final Cache<Hash, ByteString> good =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    SealChecker(Consensus consensus) {
        this.consensus = consensus;
    }

    /** The first fault found, if any. */
    Optional<Rejection> check(List<SealedHeader> headers) {
        return (headers.size() >= WORTH_SHARING ? headers.parallelStream() : headers.stream())
                .map(this::check)
                .flatMap(Optional::stream)
                .findAny();
    }

    private Optional<Rejection> check(SealedHeader sealed) {
        Hash id = sealed.header().id();
        ByteString known = good.getIfPresent(id);
        if (known != null && known.equals(sealed.seal())) {
            return Optional.empty();
        }
        Optional<Rejection> fault = consensus.verifySeal(sealed.header(), sealed.seal());
        if (fault.isEmpty()) {
            good.put(id, sealed.seal());
        }
        return fault;
    }
}
