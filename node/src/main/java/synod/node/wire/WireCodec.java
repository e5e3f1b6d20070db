package synod.node.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.consensus.Message;
import synod.crypto.Hash;
import synod.node.wire.WireMessage.BlockBody;
import synod.node.wire.WireMessage.BlockTransactions;
import synod.node.wire.WireMessage.CompactBlock;
import synod.node.wire.WireMessage.EngineMessage;
import synod.node.wire.WireMessage.GetBlockTransactions;
import synod.node.wire.WireMessage.GetBlocks;
import synod.node.wire.WireMessage.GetCompactBlock;
import synod.node.wire.WireMessage.GetHeaders;
import synod.node.wire.WireMessage.GetTransactions;
import synod.node.wire.WireMessage.HaveTransactions;
import synod.node.wire.WireMessage.Headers;
import synod.node.wire.WireMessage.NotFound;
import synod.node.wire.WireMessage.Transactions;

/** The canonical encoding of {@link WireMessage}s as payloads of frames; {@link MessageKind} names the frames' kinds. */
public final class WireCodec {
    private static final int MAX_BLOCK_TRANSACTIONS = Block.MAX_BYTES / Transaction.MIN_BYTES;

    private final MessageDecoder engineMessages;

    /** Decodes the messages of one engine; the decoder checks their signatures. */
    public interface MessageDecoder {
        Message decode(byte[] encoded) throws RejectedException;
    }

    /** A codec for a network with this engine. */
    public WireCodec(MessageDecoder engineMessages) {
        this.engineMessages = engineMessages;
    }

    /** A frame's payload. */
    public static byte[] encode(WireMessage message) {
        Encoder out = new Encoder(256);
        switch (message) {
            case GetHeaders(List<Hash> locator) -> hashes(out, locator);
            case Headers(List<SealedHeader> headers, boolean last) -> {
                out.u32(headers.size());
                headers.forEach(header -> header.encode(out));
                out.u8(last ? 1 : 0);
            }
            case GetBlocks(List<Hash> ids) -> hashes(out, ids);
            case BlockBody(SealedBlock block) -> out.raw(encodeBlock(block));
            case NotFound(List<Hash> ids) -> hashes(out, ids);
            case GetCompactBlock(Hash id) -> out.hash(id);
            case CompactBlock(SealedHeader header, List<ShortId> ids) -> {
                header.encode(out);
                out.u32(ids.size());
                ids.forEach(id -> out.u64(id.value()));
            }
            case GetBlockTransactions(Hash block, List<Integer> indexes) -> {
                out.hash(block).u32(indexes.size());
                indexes.forEach(out::u32);
            }
            case BlockTransactions(Hash block, List<Transaction> transactions) -> {
                out.hash(block);
                transactions(out, transactions);
            }
            case HaveTransactions(List<Hash> ids) -> hashes(out, ids);
            case GetTransactions(List<Hash> ids) -> hashes(out, ids);
            case Transactions(List<Transaction> transactions) -> transactions(out, transactions);
            case EngineMessage(Message engineMessage) -> out.raw(engineMessage.encode());
        }
        return out.toBytes();
    }

    /** A block and its seal, as frames and the journal hold them: u32 seal length, seal, block. */
    public static byte[] encodeBlock(SealedBlock block) {
        byte[] encoded = block.block().encode();
        return new Encoder(encoded.length + block.seal().size() + 4)
                .bytes32(block.seal().bytes())
                .raw(encoded)
                .toBytes();
    }

    /** Reads what {@link #encodeBlock} wrote. */
    public static SealedBlock decodeBlock(byte[] encoded) throws RejectedException {
        Decoder in = new Decoder(encoded);
        SealedBlock block = block(in);
        in.finish();
        return block;
    }

    /** Reads a frame's payload; empty if this kind of frame is unknown. */
    public Optional<WireMessage> decode(int kind, byte[] payload) throws RejectedException {
        Optional<MessageKind> known = MessageKind.of(kind);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Decoder in = new Decoder(payload);
        WireMessage message = switch (known.get()) {
            case GET_HEADERS -> new GetHeaders(hashes(in, WireMessage.MAX_LOCATOR));
            case HEADERS -> headers(in);
            case GET_BLOCKS -> new GetBlocks(hashes(in, WireMessage.MAX_BLOCKS));
            case BLOCK_BODY -> new BlockBody(block(in));
            case NOT_FOUND -> new NotFound(hashes(in, WireMessage.MAX_BLOCKS));
            case GET_COMPACT_BLOCK -> new GetCompactBlock(in.hash());
            case COMPACT_BLOCK -> new CompactBlock(SealedHeader.decode(in), shortIds(in));
            case GET_BLOCK_TRANSACTIONS -> new GetBlockTransactions(in.hash(), indexes(in));
            case BLOCK_TRANSACTIONS -> new BlockTransactions(in.hash(), transactions(in, MAX_BLOCK_TRANSACTIONS));
            case HAVE_TRANSACTIONS -> new HaveTransactions(hashes(in, WireMessage.MAX_TRANSACTIONS));
            case GET_TRANSACTIONS -> new GetTransactions(hashes(in, WireMessage.MAX_TRANSACTIONS));
            case TRANSACTIONS -> new Transactions(transactions(in, WireMessage.MAX_TRANSACTIONS));
            case ENGINE_MESSAGE -> new EngineMessage(engineMessages.decode(in.raw(in.remaining())));
        };
        in.finish();
        return Optional.of(message);
    }

    private static void hashes(Encoder out, List<Hash> hashes) {
        out.u32(hashes.size());
        hashes.forEach(out::hash);
    }

    private static List<Hash> hashes(Decoder in, int max) throws RejectedException {
        int count = in.count(max, Hash.LENGTH);
        List<Hash> hashes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(in.hash());
        }
        return hashes;
    }

    private static void transactions(Encoder out, List<Transaction> transactions) {
        out.u32(transactions.size());
        transactions.forEach(transaction -> out.raw(transaction.encode()));
    }

    private static List<Transaction> transactions(Decoder in, int max) throws RejectedException {
        int count = in.count(max, Transaction.MIN_BYTES);
        List<Transaction> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(Transaction.decode(in));
        }
        return transactions;
    }

    private static Headers headers(Decoder in) throws RejectedException {
        int count = in.count(WireMessage.MAX_HEADERS, SealedHeader.MIN_BYTES);
        List<SealedHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SealedHeader header = SealedHeader.decode(in);
            if (i > 0
                    && !header.header()
                            .parent()
                            .equals(headers.get(i - 1).header().id())) {
                throw in.malformed("headers that are no chain");
            }
            headers.add(header);
        }
        int last = in.u8();
        if (last > 1) {
            throw in.malformed("a flag of " + last);
        }
        return new Headers(headers, last == 1);
    }

    private static SealedBlock block(Decoder in) throws RejectedException {
        ByteString seal = ByteString.of(in.bytes32(SealedBlock.MAX_SEAL_BYTES));
        return new SealedBlock(Block.decode(in), seal);
    }

    private static List<ShortId> shortIds(Decoder in) throws RejectedException {
        int count = in.count(MAX_BLOCK_TRANSACTIONS, Long.BYTES);
        List<ShortId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(new ShortId(in.u64()));
        }
        return ids;
    }

    private static List<Integer> indexes(Decoder in) throws RejectedException {
        int count = in.count(MAX_BLOCK_TRANSACTIONS, Integer.BYTES);
        List<Integer> indexes = new ArrayList<>(count);
        int previous = -1;
        for (int i = 0; i < count; i++) {
            int index = in.u32();
            if (index <= previous || index >= MAX_BLOCK_TRANSACTIONS) {
                throw in.malformed("indexes that do not ascend, or one out of bounds");
            }
            indexes.add(index);
            previous = index;
        }
        return indexes;
    }
}
