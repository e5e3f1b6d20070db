package synod.node.byzantine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.Prepare;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.p2p.NodeId;

/** Votes as the engine does towards the first half, and for another block, the last one that it knew, towards the second. */
final class DoubleVote implements Lie {
    private final LyingMember self;
    private final Map<Long, Hash> firstAt = new TreeMap<>();

    DoubleVote(LyingMember self) {
        this.self = self;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        if (self.isFirstHalf(to)) {
            return List.of(message);
        }
        return List.of(
                switch (message) {
                    case Prepare(Vote vote) -> new Prepare(other(vote.ballot()));
                    case Commit(Vote vote) -> new Commit(other(vote.ballot()));
                    default -> message;
                });
    }

    /** In a later view the block of an earlier one, which others may still hold; else one that nobody has. */
    private Vote other(Ballot ballot) {
        Hash first = firstAt.computeIfAbsent(ballot.height(), _ -> ballot.block());
        Hash block = first.equals(ballot.block()) ? Sha256.hash(first.bytes()) : first;
        return self.vote(ballot.kind(), ballot.height(), ballot.view(), block);
    }
}
