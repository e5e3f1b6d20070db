package synod.sim.pbft;

import synod.consensus.Ballot;
import synod.consensus.Vote;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.PreparedCertificate;
import synod.consensus.pbft.ViewChange;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.world.Step;

/**
 * A correct member commits to, and carries into a view change, only what a quorum vouches for; so at one height and in one
 * view everything prepared is the same block (OSDI §4.2).
 */
final class PreparedAgree implements Checker {
    private final VoteBook book;

    PreparedAgree(VoteBook book) {
        this.book = book;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            switch (output) {
                case Output.Send(var _, WireMessage.EngineMessage(Commit(Vote vote))) -> check(step, vote);
                case Output.Send(var _, WireMessage.EngineMessage(ViewChange change)) ->
                    change.prepared().ifPresent(proof -> check(step, change, proof));
                default -> {}
            }
        }
    }

    private void check(Step step, Vote commit) {
        Ballot ballot = commit.ballot();
        if (!book.isPreparedBy(commit.voter(), ballot)) {
            throw violated(step.node() + " commits to " + ballot + ", for which no quorum vouches");
        }
    }

    private void check(Step step, ViewChange change, PreparedCertificate proof) {
        if (!book.isPreparedBy(change.sender(), proof.prePrepare().ballot())) {
            throw violated(step.node() + " calls " + proof.block() + " prepared in view " + proof.view() + " at height "
                    + proof.height() + ", for which no quorum vouches");
        }
        for (Ballot other : book.ballots(Ballot.Kind.PREPARE, proof.height())) {
            if (other.view() == proof.view() && !other.block().equals(proof.block()) && book.isPrepared(other)) {
                throw violated("both " + other.block() + " and " + proof.block() + " are prepared in view "
                        + proof.view() + " at height " + proof.height());
            }
        }
    }
}
