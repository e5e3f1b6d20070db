package synod.node.byzantine;

import java.util.List;
import synod.chain.Block;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PrePrepare;
import synod.p2p.NodeId;

/** A primary that proposes in later views another block than the one that it is bound to. */
record Disobedience(LyingMember self) implements Lie {
    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        if (!(message instanceof PrePrepare(Vote vote, Block block))
                || vote.ballot().view() == 0) {
            return List.of(message);
        }
        Ballot ballot = vote.ballot();
        Block other = Sibling.later(block);
        return List.of(new PrePrepare(self.vote(ballot.kind(), ballot.height(), ballot.view(), other.id()), other));
    }
}
