package synod.node.byzantine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.Prepare;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.p2p.NodeId;

/** Adds many votes for views and heights that are far off, each one signed. */
final class FutureSpam implements Lie {
    private static final int EACH = 3;
    private static final long NEAR = 8;

    private final LyingMember self;
    private final RandomGenerator random;

    FutureSpam(LyingMember self, RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        List<Message> all = new ArrayList<>(List.of(message));
        for (int i = 0; i < EACH; i++) {
            long height = message.height() + far();
            Hash block = Sha256.hash(Long.toString(random.nextLong()).getBytes(StandardCharsets.US_ASCII));
            all.add(
                    random.nextBoolean()
                            ? new Prepare(self.vote(Ballot.Kind.PREPARE, height, far(), block))
                            : new Commit(self.vote(Ballot.Kind.COMMIT, height, far(), block)));
        }
        return all;
    }

    private long far() {
        return random.nextBoolean() ? random.nextLong(NEAR) : random.nextLong(Long.MAX_VALUE / 4);
    }
}
