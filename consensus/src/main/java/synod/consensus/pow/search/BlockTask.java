package synod.consensus.pow.search;

import java.util.function.Consumer;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.consensus.pow.CompactBits;

/**
 * The search for one block's nonce. It begins at the candidate's own nonce.
 *
 * @param extraNonceOffset added to the candidate's extra nonce, so that several nodes with the same payout address do
 *     not search the same headers; chosen at random
 * @param onSealed takes the candidate with what was found
 */
public record BlockTask(Block candidate, long extraNonceOffset, Consumer<Block> onSealed) implements SearchTask {
    @Override
    public byte[] targetLittleEndian() {
        return bits().targetLittleEndian();
    }

    @Override
    public int firstNonce() {
        return candidate.header().nonce();
    }

    @Override
    public byte[] header(long extraNonceIndex) {
        return header(extraNonceIndex, candidate.header().version(), 0).outerBytes();
    }

    @Override
    public boolean endsWithFirstSolution() {
        return true;
    }

    @Override
    public void solved(long extraNonceIndex, Solution solution) {
        BlockHeader header = header(extraNonceIndex, solution.version(), solution.nonce());
        if (!bits().isMetBy(header.id())) {
            throw new IllegalStateException("the kernel found nonce " + Integer.toUnsignedString(solution.nonce())
                    + ", but the id " + header.id() + " does not meet " + bits());
        }
        onSealed.accept(new Block(header, candidate.transactions()));
    }

    private CompactBits bits() {
        return new CompactBits(candidate.header().bits());
    }

    private BlockHeader header(long extraNonceIndex, int version, int nonce) {
        BlockHeader header = candidate.header();
        long extraNonce = header.core().extraNonce() + extraNonceOffset + extraNonceIndex;
        return new BlockHeader(
                version, header.parent(), header.core().withExtraNonce(extraNonce), header.bits(), nonce);
    }
}
