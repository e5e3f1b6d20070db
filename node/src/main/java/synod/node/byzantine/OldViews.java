package synod.node.byzantine;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import synod.consensus.Message;
import synod.consensus.pbft.PbftMessage;
import synod.p2p.NodeId;

/** Says, beside what is due, what it said before: votes and view changes of old views and heights. */
final class OldViews implements Lie {
    private static final int REMEMBERED = 32;

    private final RandomGenerator random;
    private final List<PbftMessage> said = new ArrayList<>();

    OldViews(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        if (said.size() < REMEMBERED) {
            said.add(message);
        } else {
            said.set(random.nextInt(REMEMBERED), message);
        }
        return List.of(message, said.get(random.nextInt(said.size())));
    }
}
