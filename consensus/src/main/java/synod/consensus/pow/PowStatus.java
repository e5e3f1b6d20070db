package synod.consensus.pow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.EngineStatus;
import synod.crypto.Hash;

/** What a proof-of-work engine says about itself. */
final class PowStatus {
    /** The network's hash rate is estimated over at most so many blocks. */
    private static final int RATE_BLOCKS = 60;

    private static final int RATE_DIGITS = 3;

    /** The orphan rate is of at most so many own blocks. */
    private static final int ORPHAN_BLOCKS = 1_000;

    private final PowConsensus consensus;
    private final BlockTree tree;
    private final boolean miner;
    private final Deque<Mined> mined = new ArrayDeque<>();
    private long blocksMined;
    private @Nullable Block template;
    private @Nullable String lastRejection;

    /** A block that a search of this node's found. */
    private record Mined(long height, Hash id) {}

    PowStatus(PowConsensus consensus, BlockTree tree, boolean miner) {
        this.consensus = consensus;
        this.tree = tree;
        this.miner = miner;
    }

    /** A search found a block. */
    void sealed(Block block) {
        blocksMined++;
        mined.addLast(new Mined(block.header().height(), block.id()));
        if (mined.size() > ORPHAN_BLOCKS) {
            mined.removeFirst();
        }
    }

    /** A search was started. */
    void mining(Block block) {
        template = block;
    }

    /** An adoption failed. */
    void rejected(Hash block, Rejection rejection) {
        lastRejection = block + ": " + rejection;
    }

    EngineStatus at(long nowMillis, boolean adopting) {
        BlockNode head = tree.head();
        CompactBits next = consensus.nextBits(head, tree);
        SortedMap<String, String> details = new TreeMap<>();
        details.put("bits", next.toString());
        details.put("difficulty", Work.difficulty(next).toString());
        details.put("expectedHashes", Work.of(next).toString());
        details.put("totalWork", "0x" + head.totalWeight().toString(16));
        details.put("targetIntervalMillis", Long.toString(consensus.parameters().targetIntervalMillis()));
        details.put("headAgeMillis", Long.toString(nowMillis - head.header().timeMillis()));
        details.put("networkHashesPerSecond", networkHashesPerSecond(head).toString());
        details.put("blocksMined", Long.toString(blocksMined));
        if (!mined.isEmpty()) {
            long orphans = mined.stream().filter(this::isOrphan).count();
            details.put("blocksOrphaned", Long.toString(orphans));
            details.put(
                    "orphanRate",
                    BigDecimal.valueOf(orphans)
                            .divide(BigDecimal.valueOf(mined.size()), RATE_DIGITS, RoundingMode.HALF_UP)
                            .toString());
        }
        if (lastRejection != null) {
            details.put("lastRejection", lastRejection);
        }
        return new EngineStatus(miner ? "miner" : "observer", activity(nowMillis, head, adopting), details);
    }

    /** Whether another block stands at this block's height. */
    private boolean isOrphan(Mined block) {
        return tree.canonical(block.height())
                .map(node -> !node.id().equals(block.id()))
                .orElse(false);
    }

    private String activity(long nowMillis, BlockNode head, boolean adopting) {
        if (adopting) {
            return "executes a branch with more work than the head";
        }
        if (!miner) {
            return "follows the branch with the most work; mines nothing, for no payout address is set";
        }
        long aheadMillis = consensus.medianTimePast(head, tree) + 1 - nowMillis;
        if (aheadMillis > consensus.parameters().futureDriftMillis()) {
            return "does not mine: the chain's time is " + aheadMillis
                    + " ms ahead of this node's clock, which is probably wrong";
        }
        if (template == null || !template.header().parent().equals(head.id())) {
            return "waits for a block to mine at height " + (head.height() + 1);
        }
        return "mines block " + template.height() + " with "
                + template.transactions().size() + " transactions; " + "the network finds one about every "
                + seconds(consensus.parameters().targetIntervalMillis());
    }

    /** The work of the last blocks over the time that they took, as their headers state it. */
    private BigInteger networkHashesPerSecond(BlockNode head) {
        BlockNode first =
                tree.canonical(Math.max(0, head.height() - RATE_BLOCKS)).orElse(head);
        long millis = head.header().timeMillis() - first.header().timeMillis();
        return millis <= 0
                ? BigInteger.ZERO
                : head.totalWeight()
                        .subtract(first.totalWeight())
                        .multiply(BigInteger.valueOf(1_000))
                        .divide(BigInteger.valueOf(millis));
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.HALF_UP) + " s";
    }
}
