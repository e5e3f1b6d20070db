package synod.node.byzantine;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PreparedCertificate;
import synod.consensus.pbft.ViewChange;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.p2p.NodeId;

/** Claims in view changes that a block nobody knows was prepared in a view whose primary it was, with its own word for it. */
record ForgedProof(LyingMember self) implements Lie {
    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        if (!(message instanceof ViewChange change)) {
            return List.of(message);
        }
        long members = self.members().size();
        Optional<PreparedCertificate> forged = LongStream.iterate(
                        change.newView() - 1, view -> view >= 0, view -> view - 1)
                .limit(members)
                .filter(view -> self.members().key((int) (view % members)).equals(self.key()))
                .mapToObj(view -> forged(change, view))
                .findFirst();
        return List.of(self.resign(change, change.newView(), forged.or(change::prepared)));
    }

    private PreparedCertificate forged(ViewChange change, long view) {
        Hash unknown = Sha256.hash(change.parent().bytes());
        Vote prePrepare = self.vote(Ballot.Kind.PRE_PREPARE, change.height(), view, unknown);
        return new PreparedCertificate(prePrepare, List.of());
    }
}
