package synod.node.byzantine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.chain.Block;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PrePrepare;
import synod.consensus.pbft.Prepare;
import synod.crypto.Hash;
import synod.p2p.NodeId;

/** A primary whose blocks lead to another state than they say, and a backup that votes for such blocks all the same. */
final class InvalidBlock implements Lie {
    private final LyingMember self;
    private final Map<Hash, Hash> wrong = new TreeMap<>();

    InvalidBlock(LyingMember self) {
        this.self = self;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        return List.of(
                switch (message) {
                    case PrePrepare(Vote vote, Block block) -> {
                        Block invalid = Sibling.lying(block);
                        wrong.put(block.id(), invalid.id());
                        yield new PrePrepare(instead(vote), invalid);
                    }
                    case Prepare(Vote vote) -> new Prepare(instead(vote));
                    case Commit(Vote vote) -> new Commit(instead(vote));
                    default -> message;
                });
    }

    private Vote instead(Vote vote) {
        Ballot ballot = vote.ballot();
        return self.vote(
                ballot.kind(), ballot.height(), ballot.view(), wrong.getOrDefault(ballot.block(), ballot.block()));
    }
}
