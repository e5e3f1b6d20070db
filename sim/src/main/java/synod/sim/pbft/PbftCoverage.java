package synod.sim.pbft;

import org.jspecify.annotations.Nullable;
import synod.chain.SealedBlock;
import synod.chain.tree.BlockNode;
import synod.consensus.Message;
import synod.consensus.pbft.BlockReply;
import synod.consensus.pbft.NewView;
import synod.consensus.pbft.Status;
import synod.consensus.pbft.ViewChange;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.check.OneFinalBlock;
import synod.sim.world.Marks;
import synod.sim.world.Step;

/** Marks the interesting cases of PBFT. */
final class PbftCoverage implements Checker, OneFinalBlock.Listener {
    private final Marks marks;
    private @Nullable Message last;

    PbftCoverage(Marks marks) {
        this.marks = marks;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Send(var _, WireMessage.EngineMessage(var message)) && message != last) {
                last = message;
                mark(message);
            }
        }
    }

    @Override
    public void finalized(SealedBlock block, BlockNode parent) {
        if (!block.block()
                .header()
                .core()
                .validatorsRoot()
                .equals(parent.header().core().validatorsRoot())) {
            marks.mark("the members changed");
        }
    }

    private void mark(Message message) {
        switch (message) {
            case ViewChange change ->
                marks.mark(change.prepared().isPresent() ? "a view change with a prepared block" : "a view change");
            case NewView newView -> {
                marks.mark(
                        PbftWords.choice(newView).isPresent()
                                ? "a new view bound to a prepared block"
                                : "a free new view");
                long proofs = newView.viewChanges().stream()
                        .flatMap(change -> change.prepared().stream())
                        .map(proof -> proof.view() + " " + proof.block())
                        .distinct()
                        .count();
                if (proofs > 1) {
                    marks.mark("a new view that had to choose among prepared blocks");
                }
            }
            case BlockReply _ -> marks.mark("the body of a proposed block was fetched");
            case Status _ -> marks.mark("a member asked where the others are");
            default -> {}
        }
    }
}
