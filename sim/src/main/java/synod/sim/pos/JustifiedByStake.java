package synod.sim.pos;

import java.util.Optional;
import synod.chain.Block;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.SlotClock;
import synod.chain.tree.BlockNode;
import synod.consensus.pos.JustificationCertificate;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;
import synod.sim.check.Checker;
import synod.sim.world.Marks;
import synod.sim.world.Step;

/**
 * Every certificate on a correct node's branch is of more than two thirds of the stake, for checkpoints of that branch; and
 * nothing becomes final but the source of such a link to the next epoch.
 */
final class JustifiedByStake implements Checker {
    private final StakeBook book;
    private final Marks marks;

    JustifiedByStake(StakeBook book, Marks marks) {
        this.book = book;
        this.marks = marks;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged moved)) {
                moved.adopted().forEach(block -> check(step, block));
            }
            if (output instanceof Output.Publish(ReplicaEvent.BlockFinalized(var node)) && node.height() > 0) {
                marks.mark("a checkpoint became final");
                requireFinal(step, node);
            }
        }
    }

    private void requireFinal(Step step, BlockNode node) {
        if (!book.isFinal(node.id())) {
            throw violated(step.node() + " holds " + node.id() + " for final, from which no justified link leads to the"
                    + " next epoch");
        }
    }

    private void check(Step step, Block block) {
        BlockNode node = step.view().blocks().node(block.id()).orElseThrow();
        Optional<JustificationCertificate> carried = Seals.certificate(node.header(), node.seal());
        if (carried.isEmpty()) {
            return;
        }
        marks.mark("a block carried a certificate");
        CheckpointVote link = carried.get().link();
        requireCheckpoint(step, node, link.target());
        requireCheckpoint(step, node, link.source());
        if (!book.isJustified(link)) {
            throw violated(step.node() + " adopted " + node.id() + " with a certificate for " + link
                    + ", for which two thirds of the stake never voted");
        }
    }

    /** The checkpoint's block must be the last before the epoch on the branch of this block. */
    private void requireCheckpoint(Step step, BlockNode from, Checkpoint checkpoint) {
        ReplicaView view = step.view();
        SlotClock clock = PosProtocol.CLOCK;
        BlockNode node = from;
        while (node.height() > 0 && clock.slot(node.header().timeMillis()) >= checkpoint.epoch() * clock.epochSlots()) {
            node = view.blocks().node(node.parent()).orElseThrow();
        }
        if (!node.id().equals(checkpoint.block())) {
            throw violated(step.node() + " adopted a certificate for " + checkpoint + ", and the checkpoint there is "
                    + node.id());
        }
    }
}
