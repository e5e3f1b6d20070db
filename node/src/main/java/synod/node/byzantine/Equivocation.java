package synod.node.byzantine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            case Prepare(Vote vote)
            when siblings.containsKey(vote.ballot().block()) -> new Prepare(other(vote, sibling(vote)));
            case Commit(Vote vote)
            when siblings.containsKey(vote.ballot().block()) -> new Commit(other(vote, sibling(vote)));
            default -> message;
        };
    }

    private Hash sibling(Vote vote) {
        return Objects.requireNonNull(siblings.get(vote.ballot().block())).id();
    }

    private Vote other(Vote vote, Hash block) {
        Ballot ballot = vote.ballot();
        return self.vote(ballot.kind(), ballot.height(), ballot.view(), block);
    }
}
