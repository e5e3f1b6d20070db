package synod.consensus.pow;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.Consensus;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.crypto.Hash;

/** The rules of a header under proof of work. The genesis block is exempt: its id is known beforehand. */
public final class PowConsensus implements Consensus {
    /** The engine's name. */
    public static final String NAME = "pow";

    private static final int FIXED_VERSION_BITS = ~BlockHeader.VERSION_ROLLING_MASK;

    private final PowParameters parameters;
    private final Asert asert;

    /** The rules of a network with these parameters. */
    public PowConsensus(PowParameters parameters) {
        this.parameters = parameters;
        this.asert = parameters.asert();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What the network's genesis fixed. */
    public PowParameters parameters() {
        return parameters;
    }

    @Override
    public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
        Optional<BlockNode> parent = tree.node(header.parent());
        if (parent.isEmpty()) {
            return refuse(Reason.UNKNOWN_PARENT, "the parent " + header.parent() + " is not known here");
        }
        return checkForm(header, seal)
                .or(() -> checkPlace(header, parent.get(), tree))
                .or(() -> checkWork(header, parent.get(), tree))
                .or(() -> checkTime(header, parent.get(), tree, nowMillis));
    }

    private Optional<Rejection> checkForm(BlockHeader header, ByteString seal) {
        if ((header.version() & FIXED_VERSION_BITS) != BlockHeader.VERSION) {
            return refuse(
                    Reason.BAD_VERSION,
                    String.format(
                            "version 0x%08x, where 0x%08x is required; only the bits 0x%08x are free",
                            header.version(), BlockHeader.VERSION, BlockHeader.VERSION_ROLLING_MASK));
        }
        if (header.core().engineField().size() != 0) {
            return refuse(
                    Reason.BAD_ENGINE_FIELD,
                    "an engine field of " + header.core().engineField().size()
                            + " bytes; under proof of work it is empty");
        }
        if (!header.core().validatorsRoot().equals(Hash.ZERO)) {
            return refuse(
                    Reason.BAD_VALIDATORS_ROOT,
                    "validators root " + header.core().validatorsRoot() + "; under proof of work it is zero");
        }
        if (seal.size() != 0) {
            return refuse(Reason.BAD_SEAL, "a seal of " + seal.size() + " bytes; under proof of work it is empty");
        }
        return Optional.empty();
    }

    private static Optional<Rejection> checkPlace(BlockHeader header, BlockNode parent, BlockTree tree) {
        if (header.height() != parent.height() + 1) {
            return refuse(Reason.BAD_HEIGHT, "height " + header.height() + " on a parent of height " + parent.height());
        }
        Hash chainId = genesis(tree).id();
        if (!header.core().chainId().equals(chainId)) {
            return refuse(
                    Reason.WRONG_CHAIN, "a block of chain " + header.core().chainId() + ", this is chain " + chainId);
        }
        return Optional.empty();
    }

    private Optional<Rejection> checkWork(BlockHeader header, BlockNode parent, BlockTree tree) {
        CompactBits required = nextBits(parent, tree);
        if (header.bits() != required.value()) {
            return refuse(
                    Reason.BAD_BITS,
                    String.format(
                            "bits 0x%08x at height %d, where %s is required",
                            header.bits(), header.height(), required));
        }
        if (!required.isMetBy(header.id())) {
            return refuse(
                    Reason.BAD_WORK,
                    String.format(
                            "the id is %064x as a number, above the target %064x of bits %s",
                            CompactBits.number(header.id()), required.target(), required));
        }
        return Optional.empty();
    }

    private Optional<Rejection> checkTime(BlockHeader header, BlockNode parent, BlockTree tree, long nowMillis) {
        long medianTimePast = medianTimePast(parent, tree);
        if (header.timeMillis() <= medianTimePast) {
            return refuse(
                    Reason.TIME_TOO_EARLY,
                    "time " + header.timeMillis() + " ms is not after the median time past, " + medianTimePast + " ms");
        }
        if (header.timeMillis() - nowMillis > parameters.futureDriftMillis()) {
            return refuse(
                    Reason.TIME_TOO_LATE,
                    "time " + header.timeMillis() + " ms is " + (header.timeMillis() - nowMillis)
                            + " ms ahead of this node's clock; " + parameters.futureDriftMillis() + " ms are allowed");
        }
        return Optional.empty();
    }

    /**
     * The target that the rules demand of a child of this block. ASERT's anchor is the genesis block, whose parent is
     * taken to be one interval older, so that the first block has the genesis block's own target.
     */
    public CompactBits nextBits(BlockNode parent, BlockTree tree) {
        BlockHeader anchor = genesis(tree).header();
        long timeDeltaMillis = parent.header().timeMillis() - anchor.timeMillis() + parameters.targetIntervalMillis();
        return asert.next(new CompactBits(anchor.bits()), timeDeltaMillis, parent.height() - anchor.height());
    }

    /**
     * The median time, in milliseconds, of this block and those before it, as many as the window says; near genesis of
     * as many as there are (of an even number the upper one, as in Bitcoin).
     */
    public long medianTimePast(BlockNode last, BlockTree tree) {
        long[] times = new long[(int) Math.min(parameters.medianTimeBlocks(), last.height() + 1)];
        BlockNode node = last;
        for (int i = 0; i < times.length; i++) {
            times[i] = node.header().timeMillis();
            if (i + 1 < times.length) {
                Hash parent = node.parent();
                node = tree.node(parent)
                        .orElseThrow(() -> new IllegalStateException("the tree lost the ancestor " + parent));
            }
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    @Override
    public BigInteger weight(BlockHeader header) {
        return Work.of(new CompactBits(header.bits()));
    }

    @Override
    public Finality.Kind finality() {
        return Finality.Kind.PROBABILISTIC;
    }

    @Override
    public Verified<Message> verifyMessage(byte[] encoded) throws RejectedException {
        throw new RejectedException(Reason.MALFORMED, "a consensus message; under proof of work there are none");
    }

    private static BlockNode genesis(BlockTree tree) {
        return tree.canonical(0).orElseThrow(() -> new IllegalStateException("the tree has no genesis block"));
    }

    private static Optional<Rejection> refuse(Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
