package synod.node.byzantine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import synod.consensus.Message;
import synod.consensus.pbft.NewView;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.ViewChange;
import synod.p2p.NodeId;

/** Begins its views with proofs that do not suffice: one too few, one view change twice, or its own with the proof cut out. */
final class WrongNewView implements Lie {
    private final LyingMember self;
    private final RandomGenerator random;

    WrongNewView(LyingMember self, RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        return message instanceof NewView newView ? List.of(wrong(newView)) : List.of(message);
    }

    private NewView wrong(NewView right) {
        List<ViewChange> proofs = new ArrayList<>(right.viewChanges());
        ViewChange last = proofs.removeLast();
        switch (random.nextInt(3)) {
            case 0 -> {}
            case 1 -> proofs.add(proofs.isEmpty() ? last : proofs.getFirst());
            default -> proofs.add(self.resign(last, right.view(), Optional.empty()));
        }
        return self.resign(right, proofs);
    }
}
