package synod.consensus.pow.search;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.consensus.pow.CompactBits;

/**
 * One candidate to find a nonce for. Its search space is counted by one 64-bit position: the nonce below, extra nonces
 * above. Threads claim disjoint stretches of it.
 */
final class SearchJob {
    private static final long NONCES = 1L << 32;

    private final Block candidate;
    private final long extraNonceOffset;
    private final CompactBits bits;
    private final AtomicLong position;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** A job whose search begins at the candidate's own nonce and extra nonce, plus the offset. */
    SearchJob(Block candidate, long extraNonceOffset) {
        this.candidate = candidate;
        this.extraNonceOffset = extraNonceOffset;
        this.bits = new CompactBits(candidate.header().bits());
        this.position = new AtomicLong(Integer.toUnsignedLong(candidate.header().nonce()));
    }

    /** Consecutive nonces under one extra nonce, counted from the job's first. */
    record Stretch(long extraNonceIndex, int firstNonce, int count) {}

    /** Claims the next nonces, at most this many: fewer at the end of the nonces under one extra nonce. */
    Stretch claim(int maxCount) {
        long start = position.getAndUpdate(from -> from + countFrom(from, maxCount));
        return new Stretch(start >>> 32, (int) start, countFrom(start, maxCount));
    }

    private static int countFrom(long position, int maxCount) {
        return (int) Math.min(maxCount, NONCES - (position & (NONCES - 1)));
    }

    byte[] targetLittleEndian() {
        return bits.targetLittleEndian();
    }

    /** The header that is searched under this extra nonce. */
    BlockHeader header(long extraNonceIndex, int nonce) {
        BlockHeader header = candidate.header();
        long extraNonce = header.core().extraNonce() + extraNonceOffset + extraNonceIndex;
        return new BlockHeader(
                header.version(), header.parent(), header.core().withExtraNonce(extraNonce), header.bits(), nonce);
    }

    /**
     * The candidate with what was found.
     *
     * @throws IllegalStateException if it does not meet the target: the kernel is broken
     */
    Block sealed(long extraNonceIndex, int nonce) {
        BlockHeader header = header(extraNonceIndex, nonce);
        if (!bits.isMetBy(header.id())) {
            throw new IllegalStateException("the kernel found nonce " + Integer.toUnsignedString(nonce)
                    + ", but the id " + header.id() + " does not meet " + bits);
        }
        return new Block(header, candidate.transactions());
    }

    /** Ends the job; true for the one caller that ended it. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    boolean isEnded() {
        return ended.get();
    }
}
