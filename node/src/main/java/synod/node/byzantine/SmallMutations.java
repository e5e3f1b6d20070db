package synod.node.byzantine;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.Prepare;
import synod.consensus.pbft.ViewChange;
import synod.p2p.NodeId;

/**
 * Changes a field of a message by one, or takes a part out of it, and signs the result: small changes find what large ones
 * do not (L. N. Winter et al., "Randomized Testing of Byzantine Fault Tolerant Algorithms", OOPSLA 2023).
 */
final class SmallMutations implements Lie {
    private static final int ONE_IN = 3;

    private final LyingMember self;
    private final RandomGenerator random;

    SmallMutations(LyingMember self, RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        if (random.nextInt(ONE_IN) != 0) {
            return List.of(message);
        }
        return switch (message) {
            case Prepare(Vote vote) -> List.of(new Prepare(mutated(vote)));
            case Commit(Vote vote) -> List.of(new Commit(mutated(vote)));
            case ViewChange change ->
                List.of(
                        random.nextBoolean()
                                ? self.resign(change, near(change.newView()), change.prepared())
                                : self.resign(change, change.newView(), Optional.empty()));
            default -> List.of();
        };
    }

    private Vote mutated(Vote vote) {
        Ballot ballot = vote.ballot();
        return random.nextBoolean()
                ? self.vote(ballot.kind(), near(ballot.height()), ballot.view(), ballot.block())
                : self.vote(ballot.kind(), ballot.height(), near(ballot.view()), ballot.block());
    }

    private long near(long number) {
        return Math.max(0, number + (random.nextBoolean() ? 1 : -1));
    }
}
