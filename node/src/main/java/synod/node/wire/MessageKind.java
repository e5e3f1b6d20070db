package synod.node.wire;

import java.util.Optional;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/** The kinds of frame that carry {@link WireMessage}s: their numbers, and the largest payload that each may have. */
public enum MessageKind {
    GET_HEADERS(16, 4 + WireMessage.MAX_LOCATOR * Hash.LENGTH),
    HEADERS(17, 4 << 20),
    GET_BLOCKS(18, 4 + WireMessage.MAX_BLOCKS * Hash.LENGTH),
    BLOCK_BODY(19, Sizes.BLOCK),
    NOT_FOUND(20, 4 + WireMessage.MAX_BLOCKS * Hash.LENGTH),
    GET_COMPACT_BLOCK(21, Hash.LENGTH),
    COMPACT_BLOCK(22, Sizes.BLOCK),
    GET_BLOCK_TRANSACTIONS(23, 1 << 20),
    BLOCK_TRANSACTIONS(24, Sizes.BLOCK),
    HAVE_TRANSACTIONS(25, 4 + WireMessage.MAX_TRANSACTIONS * Hash.LENGTH),
    GET_TRANSACTIONS(26, 4 + WireMessage.MAX_TRANSACTIONS * Hash.LENGTH),
    TRANSACTIONS(27, 4 + WireMessage.MAX_TRANSACTIONS * Transaction.MAX_BYTES),
    ENGINE_MESSAGE(28, Sizes.BLOCK);

    private final int number;
    private final int maxBytes;

    MessageKind(int number, int maxBytes) {
        this.number = number;
        this.maxBytes = maxBytes;
    }

    /** The frame kind's number. */
    public int number() {
        return number;
    }

    /** The largest payload, in bytes. */
    public int maxBytes() {
        return maxBytes;
    }

    /** The kind with this number. */
    public static Optional<MessageKind> of(int number) {
        int index = number - GET_HEADERS.number;
        return index >= 0 && index < values().length ? Optional.of(values()[index]) : Optional.empty();
    }

    /** The kind of frame that carries this message. */
    public static MessageKind of(WireMessage message) {
        return switch (message) {
            case WireMessage.GetHeaders _ -> GET_HEADERS;
            case WireMessage.Headers _ -> HEADERS;
            case WireMessage.GetBlocks _ -> GET_BLOCKS;
            case WireMessage.BlockBody _ -> BLOCK_BODY;
            case WireMessage.NotFound _ -> NOT_FOUND;
            case WireMessage.GetCompactBlock _ -> GET_COMPACT_BLOCK;
            case WireMessage.CompactBlock _ -> COMPACT_BLOCK;
            case WireMessage.GetBlockTransactions _ -> GET_BLOCK_TRANSACTIONS;
            case WireMessage.BlockTransactions _ -> BLOCK_TRANSACTIONS;
            case WireMessage.HaveTransactions _ -> HAVE_TRANSACTIONS;
            case WireMessage.GetTransactions _ -> GET_TRANSACTIONS;
            case WireMessage.Transactions _ -> TRANSACTIONS;
            case WireMessage.EngineMessage _ -> ENGINE_MESSAGE;
        };
    }

    private static final class Sizes {
        static final int BLOCK = Block.MAX_BYTES + SealedBlock.MAX_SEAL_BYTES + 1024;
    }
}
