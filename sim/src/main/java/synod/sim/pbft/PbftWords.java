package synod.sim.pbft;

import java.util.Comparator;
import java.util.Optional;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.BlockReply;
import synod.consensus.pbft.BlockRequest;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.NewView;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PrePrepare;
import synod.consensus.pbft.Prepare;
import synod.consensus.pbft.PreparedCertificate;
import synod.consensus.pbft.Status;
import synod.consensus.pbft.ViewChange;
import synod.crypto.Hash;

/** What the messages of PBFT say, for people. */
final class PbftWords {
    private PbftWords() {}

    /** The vote that a message is. */
    static Optional<Vote> vote(Message message) {
        return switch (message) {
            case PrePrepare(var vote, var _) -> Optional.of(vote);
            case Prepare(var vote) -> Optional.of(vote);
            case Commit(var vote) -> Optional.of(vote);
            default -> Optional.empty();
        };
    }

    static String describe(Message message) {
        if (!(message instanceof PbftMessage one)) {
            throw new IllegalArgumentException("no message of PBFT: " + message);
        }
        return switch (one) {
            case PrePrepare(var vote, var block) ->
                "PRE-PREPARE " + where(vote.ballot()) + ", with "
                        + block.transactions().size() + " transactions";
            case Prepare(var vote) -> "PREPARE " + where(vote.ballot());
            case Commit(var vote) -> "COMMIT " + where(vote.ballot());
            case ViewChange change ->
                "VIEW-CHANGE to view " + change.newView() + " at height " + change.height()
                        + change.prepared()
                                .map(proof -> ", prepared " + name(proof.block()) + " in view " + proof.view())
                                .orElse(", nothing prepared");
            case NewView newView ->
                "NEW-VIEW " + newView.view() + " at height " + newView.height()
                        + choice(newView)
                                .map(proof -> ", bound to " + name(proof.block()))
                                .orElse(", free");
            case BlockRequest request -> "give me proposed block " + name(request.block());
            case BlockReply(var block) -> "proposed block " + block.height() + " " + name(block.id());
            case Status status -> "STATUS: height " + status.height() + " is open here";
        };
    }

    /** What the proofs in a new view bind it to: the block prepared in the highest view (OSDI §4.4). */
    static Optional<PreparedCertificate> choice(NewView newView) {
        return newView.viewChanges().stream()
                .flatMap(change -> change.prepared().stream())
                .max(Comparator.comparingLong(PreparedCertificate::view));
    }

    private static String where(Ballot ballot) {
        return "height " + ballot.height() + " view " + ballot.view() + " block " + name(ballot.block());
    }

    private static String name(Hash id) {
        return id.toString().substring(0, 8);
    }
}
