package synod.consensus.pow;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** A tree of headers in memory, for tests: all complete unless said otherwise. */
final class TestTree implements BlockTree {
    static final long GENESIS_MILLIS = 1_700_000_000_000L;

    /** Every second hash meets this target. */
    static final CompactBits EASY = new CompactBits(0x207fffff);

    static final PowParameters PARAMETERS = new PowParameters(1_000, 60_000, EASY, EASY, 10_000, 11);

    private final TreeMap<Hash, BlockNode> nodes = new TreeMap<>();
    private final TreeSet<Hash> incomplete = new TreeSet<>();
    private final BlockNode genesis;
    private BlockNode head;

    TestTree() {
        this(EASY);
    }

    TestTree(CompactBits genesisBits) {
        BlockHeader header = header(Hash.ZERO, Hash.ZERO, 0, GENESIS_MILLIS, genesisBits, Address.NONE);
        genesis = new BlockNode(header, ByteString.EMPTY, Work.of(genesisBits));
        nodes.put(genesis.id(), genesis);
        head = genesis;
    }

    BlockNode genesis() {
        return genesis;
    }

    /** Adds a header as it is. */
    BlockNode add(BlockHeader header) {
        BigInteger parentWeight = node(header.parent()).orElseThrow().totalWeight();
        BlockNode node =
                new BlockNode(header, ByteString.EMPTY, parentWeight.add(Work.of(new CompactBits(header.bits()))));
        nodes.put(node.id(), node);
        return node;
    }

    /** Adds a child, unlike every other with another name; its work is not done. */
    BlockNode child(BlockNode parent, String name) {
        return child(parent, name, EASY);
    }

    BlockNode child(BlockNode parent, String name, CompactBits bits) {
        return add(header(
                genesis.id(),
                parent.id(),
                parent.height() + 1,
                parent.header().timeMillis() + 1_000,
                bits,
                new Address(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)))));
    }

    void setHead(BlockNode node) {
        head = node;
    }

    void setIncomplete(BlockNode node) {
        incomplete.add(node.id());
    }

    void remove(BlockNode node) {
        nodes.remove(node.id());
    }

    static BlockHeader header(
            Hash chainId, Hash parent, long height, long timeMillis, CompactBits bits, Address proposer) {
        HeaderCore core = new HeaderCore(
                chainId,
                height,
                0,
                timeMillis,
                proposer,
                Sha256.hash(),
                Hash.ZERO,
                Sha256.hash(),
                Hash.ZERO,
                ByteString.EMPTY);
        return new BlockHeader(BlockHeader.VERSION, parent, core, bits.value(), 0);
    }

    @Override
    public Optional<BlockNode> node(Hash id) {
        return Optional.ofNullable(nodes.get(id));
    }

    @Override
    public BlockNode head() {
        return head;
    }

    @Override
    public Optional<BlockNode> canonical(long height) {
        if (height > head.height()) {
            return Optional.empty();
        }
        BlockNode node = head;
        while (node.height() > height) {
            node = node(node.parent()).orElseThrow();
        }
        return Optional.of(node);
    }

    @Override
    public boolean isComplete(Hash id) {
        return nodes.containsKey(id) && !incomplete.contains(id);
    }
}
