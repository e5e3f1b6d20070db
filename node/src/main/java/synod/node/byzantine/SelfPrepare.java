package synod.node.byzantine;

import java.util.List;
import synod.chain.Block;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PrePrepare;
import synod.consensus.pbft.Prepare;
import synod.p2p.NodeId;

/** A primary that prepares its own proposal, to be counted twice. */
record SelfPrepare(LyingMember self) implements Lie {
    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        if (!(message instanceof PrePrepare(Vote vote, Block _))) {
            return List.of(message);
        }
        Ballot ballot = vote.ballot();
        return List.of(
                message, new Prepare(self.vote(Ballot.Kind.PREPARE, ballot.height(), ballot.view(), ballot.block())));
    }
}
