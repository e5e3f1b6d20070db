package synod.node.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.consensus.Message;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** Made-up content for messages between nodes; nothing in it keeps an engine's rules. */
public final class WireSamples {
    /** The chain that the samples belong to. */
    public static final Hash CHAIN = hash(-1);

    private static final SigningKey KEY = SigningKey.of(hash(-2).bytes());

    /** An engine's message that is any bytes but none at all. */
    public record Bytes(ByteString content) implements Message {
        @Override
        public byte[] encode() {
            return content.bytes();
        }
    }

    private WireSamples() {}

    /** A hash, unlike that of every other number. */
    public static Hash hash(int number) {
        return Sha256.hash(("sample " + number).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    /** So many hashes. */
    public static List<Hash> hashes(int count) {
        return IntStream.range(0, count).mapToObj(WireSamples::hash).toList();
    }

    /** A signed transfer. */
    public static Transaction transaction(int number) {
        return Transaction.sign(
                KEY, CHAIN, number, new Amount(1_000), new Transfer(new Address(hash(number)), new Amount(7)));
    }

    /** So many transactions. */
    public static List<Transaction> transactions(int count) {
        return IntStream.range(0, count).mapToObj(WireSamples::transaction).toList();
    }

    /** A header on a parent. */
    public static BlockHeader header(Hash parent, long height, String proposer, List<Transaction> transactions) {
        HeaderCore core = new HeaderCore(
                CHAIN,
                height,
                0,
                1_790_000_000_000L + height * 1_000,
                new Address(Sha256.hash(proposer.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                Block.transactionsRoot(transactions),
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                ByteString.EMPTY);
        return new BlockHeader(BlockHeader.VERSION, parent, core, 0, 0);
    }

    /** A block with these transactions and a seal. */
    public static SealedBlock block(Hash parent, long height, List<Transaction> transactions) {
        return new SealedBlock(
                new Block(header(parent, height, "proposer", transactions), transactions),
                ByteString.of(new byte[] {1, 2, 3}));
    }

    /** Headers, each the next one's parent. */
    public static List<SealedHeader> headers(Hash parent, long firstHeight, int count, String proposer) {
        List<SealedHeader> headers = new ArrayList<>();
        Hash last = parent;
        for (int i = 0; i < count; i++) {
            BlockHeader header = header(last, firstHeight + i, proposer, List.of());
            headers.add(new SealedHeader(header, ByteString.EMPTY));
            last = header.id();
        }
        return headers;
    }

    /** Some messages of every kind, small ones and empty ones. */
    static Stream<WireMessage> messages() {
        SealedBlock block = block(hash(1), 5, transactions(3));
        SealedHeader header = new SealedHeader(block.block().header(), block.seal());
        return Stream.of(
                new WireMessage.GetHeaders(hashes(3)),
                new WireMessage.GetHeaders(List.of()),
                new WireMessage.Headers(headers(hash(1), 1, 3, "a"), true),
                new WireMessage.Headers(List.of(), false),
                new WireMessage.GetBlocks(hashes(2)),
                new WireMessage.BlockBody(block),
                new WireMessage.NotFound(hashes(2)),
                new WireMessage.GetCompactBlock(hash(3)),
                new WireMessage.CompactBlock(header, List.of(new ShortId(-1), new ShortId(7))),
                new WireMessage.GetBlockTransactions(hash(3), List.of(0, 2, 9)),
                new WireMessage.BlockTransactions(hash(3), transactions(2)),
                new WireMessage.HaveTransactions(hashes(4)),
                new WireMessage.GetTransactions(hashes(4)),
                new WireMessage.Transactions(transactions(2)),
                new WireMessage.EngineMessage(new Bytes(ByteString.of(new byte[] {9, 9}))));
    }

    /** Bytes by chance. */
    static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
