package synod.consensus.pbft;

import java.util.List;
import java.util.Optional;
import synod.consensus.Action;
import synod.consensus.Evidence;
import synod.consensus.Signer;
import synod.consensus.quorum.EvidenceBook;
import synod.consensus.quorum.SigningGuard;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * Who this node is, and what stays while heights come and go.
 *
 * @param signer for messages that promise nothing; ballots are signed by the guard only
 * @param payout who receives the rewards of its blocks
 */
record Member(
        PbftConsensus rules,
        Signer signer,
        SigningGuard guard,
        EvidenceBook evidence,
        Outgoing out,
        Timeouts timeouts,
        Address payout) {
    PublicKey key() {
        return signer.publicKey();
    }

    /** Keeps a contradiction, if there is one and it is the first of its member. */
    void accuse(Optional<Evidence> found) {
        found.flatMap(evidence::add).ifPresent(entry -> out.add(new Action.Persist(List.of(entry), List.of())));
    }
}
