package synod.testnet.bench.mine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.search.SearchTask;
import synod.consensus.pow.search.Solution;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** An endless search in which a hash in 2²⁴ is a find, and every find is checked by hashing the header by the book. */
final class VerifiedTask implements SearchTask {
    private static final CompactBits BITS = new CompactBits(0x1e00ffff);
    private static final int HEADER_BYTES = 80;
    private static final int EXTRA_NONCE_AT = 36;
    private static final int NONCE_AT = 76;

    private final AtomicLong finds = new AtomicLong();

    @Override
    public byte[] targetLittleEndian() {
        return BITS.targetLittleEndian();
    }

    @Override
    public int firstNonce() {
        return 0;
    }

    @Override
    public byte[] header(long extraNonceIndex) {
        return buffer(extraNonceIndex).array();
    }

    @Override
    public boolean endsWithFirstSolution() {
        return false;
    }

    @Override
    public void solved(long extraNonceIndex, Solution solution) {
        byte[] header = buffer(extraNonceIndex)
                .putInt(0, solution.version())
                .putInt(NONCE_AT, solution.nonce())
                .array();
        Hash id = Sha256.doubleHash(header);
        if (!BITS.isMetBy(id)) {
            throw new IllegalStateException(
                    "a kernel found " + solution + ", whose hash " + id + " does not meet " + BITS);
        }
        finds.incrementAndGet();
    }

    /** Finds so far, all of them right. */
    long finds() {
        return finds.get();
    }

    private static ByteBuffer buffer(long extraNonceIndex) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 0x2000_0000)
                .putLong(EXTRA_NONCE_AT, extraNonceIndex);
    }
}
