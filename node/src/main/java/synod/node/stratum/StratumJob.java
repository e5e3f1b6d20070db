package synod.node.stratum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.consensus.pow.CompactBits;
import synod.crypto.Hash;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A block candidate as miners get it. What they take for a coinbase is the header's core: the bytes before the extra nonce,
 * the extra nonce (four bytes that the server gave the connection, four that the miner counts) and the bytes after it. There
 * are no Merkle branches.
 */
final class StratumJob {
    static final int EXTRA_NONCE_1_BYTES = 4;
    static final int EXTRA_NONCE_2_BYTES = 4;
    private static final HexFormat HEX = HexFormat.of();

    private final String id;
    private final Block candidate;
    private final byte[] core;

    /**
     * What a miner found.
     *
     * @param extraNonce the eight bytes as the core has them: a little-endian number
     * @param version the whole version, with rolled bits
     */
    record Share(long extraNonce, int version, int nonce) {}

    StratumJob(String id, Block candidate) {
        this.id = id;
        this.candidate = candidate;
        this.core = candidate.header().core().encode();
    }

    String id() {
        return id;
    }

    boolean isOf(Block other) {
        return candidate.id().equals(other.id());
    }

    Hash parent() {
        return candidate.header().parent();
    }

    CompactBits bits() {
        return new CompactBits(candidate.header().bits());
    }

    /** The header's time, which miners may not change: the core says it, too. */
    int timeSeconds() {
        return (int) (candidate.header().timeMillis() / 1_000);
    }

    int version() {
        return candidate.header().version();
    }

    /** The parameters of {@code mining.notify}. */
    ArrayNode notification(boolean clean) {
        int suffixAt = HeaderCore.EXTRA_NONCE_OFFSET + EXTRA_NONCE_1_BYTES + EXTRA_NONCE_2_BYTES;
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        parameters
                .add(id)
                .add(wordsReversed(parent().bytes()))
                .add(HEX.formatHex(core, 0, HeaderCore.EXTRA_NONCE_OFFSET))
                .add(HEX.formatHex(core, suffixAt, core.length));
        parameters.addArray();
        return parameters
                .add(HEX.toHexDigits(version()))
                .add(HEX.toHexDigits(candidate.header().bits()))
                .add(HEX.toHexDigits(timeSeconds()))
                .add(clean);
    }

    /** Miners swap the four bytes of each word of this field. */
    private static String wordsReversed(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder text = new StringBuilder();
        while (in.hasRemaining()) {
            text.append(HEX.toHexDigits(in.getInt()));
        }
        return text.toString();
    }

    /** The header that a share stands for. */
    BlockHeader header(Share share) {
        return new BlockHeader(
                share.version(),
                parent(),
                candidate.header().core().withExtraNonce(share.extraNonce()),
                candidate.header().bits(),
                share.nonce());
    }

    /** The block that a header of this job completes. */
    Block block(BlockHeader header) {
        return new Block(header, candidate.transactions());
    }
}
