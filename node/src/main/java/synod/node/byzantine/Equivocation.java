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

/** A primary that proposes one block to the first half and another, as good, to the second, and votes for both. */
final class Equivocation implements Lie {
    private final LyingMember self;
    private final Map<Hash, Block> siblings = new TreeMap<>();

    Equivocation(LyingMember self) {
        this.self = self;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        return List.of(self.isFirstHalf(to) ? message : other(message));
    }

    private PbftMessage other(PbftMessage message) {
        return switch (message) {
            case PrePrepare(Vote vote, Block block) -> {
                Block sibling = siblings.computeIfAbsent(block.id(), _ -> Sibling.later(block));
                yield new PrePrepare(other(vote, sibling.id()), sibling);
            }
            case Prepare(Vote vote) ->
                new Prepare(other(vote, sibling(vote.ballot().block())));
            case Commit(Vote vote) ->
                new Commit(other(vote, sibling(vote.ballot().block())));
            default -> message;
        };
    }

    /** The block that this half is told of; of a block that it proposed to nobody, the same. */
    private Hash sibling(Hash block) {
        Block other = siblings.get(block);
        return other == null ? block : other.id();
    }

    private Vote other(Vote vote, Hash block) {
        Ballot ballot = vote.ballot();
        return self.vote(ballot.kind(), ballot.height(), ballot.view(), block);
    }
}
