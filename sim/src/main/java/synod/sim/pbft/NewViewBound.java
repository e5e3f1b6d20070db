package synod.sim.pbft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.NewView;
import synod.consensus.pbft.Prepare;
import synod.consensus.pbft.PreparedCertificate;
import synod.consensus.pbft.ViewChange;
import synod.crypto.PublicKey;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/**
 * In a view that began with a new-view message a correct backup prepares only what a sound one binds its primary to, by
 * the checker's own reading of the proofs (OSDI §4.4).
 */
final class NewViewBound implements Checker {
    private final MemberHistory history;
    private final Map<Integer, List<NewView>> heard = new TreeMap<>();
    private @Nullable Message last;

    NewViewBound(MemberHistory history) {
        this.history = history;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        if (step.input() instanceof Input.Received(var _, var message)
                && message.value() instanceof WireMessage.EngineMessage(NewView newView)) {
            List<NewView> all = heard.computeIfAbsent(step.node().number(), _ -> new ArrayList<>());
            all.removeIf(old -> old.height() < newView.height());
            all.add(newView);
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Send(var _, WireMessage.EngineMessage(Prepare prepare)) && prepare != last) {
                last = prepare;
                check(step, prepare.vote());
            }
        }
    }

    private void check(Step step, Vote vote) {
        Ballot ballot = vote.ballot();
        List<NewView> proofs = heard.getOrDefault(step.node().number(), List.of()).stream()
                .filter(proof -> proof.height() == ballot.height() && proof.view() == ballot.view())
                .toList();
        if (!proofs.isEmpty() && proofs.stream().noneMatch(proof -> isSound(proof) && allows(proof, ballot))) {
            throw violated(step.node() + " prepares " + ballot.block() + " at height " + ballot.height() + " in view "
                    + ballot.view() + ", which no new-view message that it heard allows");
        }
    }

    private static boolean allows(NewView proof, Ballot ballot) {
        Optional<PreparedCertificate> choice = PbftWords.choice(proof);
        return choice.isEmpty() || choice.get().block().equals(ballot.block());
    }

    private boolean isSound(NewView proof) {
        ValidatorSet members = history.at(proof.height())
                .orElseThrow(() -> violated("height " + proof.height() + " is open and its parent is not final"));
        long senders = proof.viewChanges().stream()
                .map(ViewChange::sender)
                .filter(members::contains)
                .distinct()
                .count();
        return senders >= VoteBook.quorum(members.size())
                && proof.viewChanges().stream()
                        .allMatch(change -> change.newView() == proof.view()
                                && change.height() == proof.height()
                                && change.prepared().stream().allMatch(one -> isSound(one, members)));
    }

    /** Whether it proves, of these members, that the block was prepared; signatures are checked elsewhere. */
    static boolean isSound(PreparedCertificate certificate, ValidatorSet members) {
        PublicKey primary = members.key((int) (certificate.view() % members.size()));
        long backups = certificate.prepares().stream()
                .map(Vote::voter)
                .filter(voter -> members.contains(voter) && !voter.equals(primary))
                .distinct()
                .count();
        return certificate.prePrepare().voter().equals(primary) && backups >= VoteBook.quorum(members.size()) - 1;
    }

    @Override
    public void stopped(SimNode node, String why) {
        heard.remove(node.number());
    }
}
