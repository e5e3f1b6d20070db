package synod.sim.pbft;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.crypto.PublicKey;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.protocol.KeyedHash;
import synod.sim.world.Step;

/** Every genuine vote that any member, honest or not, has ever sent: what nobody in the network can know. */
final class VoteBook implements Checker {
    private static final Comparator<Ballot> ORDER = Comparator.comparing(Ballot::kind)
            .thenComparing(Ballot::height)
            .thenComparing(Ballot::view)
            .thenComparing(Ballot::block);

    private final MemberHistory history;
    private final Map<Ballot, Set<PublicKey>> voters = new TreeMap<>(ORDER);
    private @Nullable Message last;

    /** An empty book. The arithmetic of quorums is the checkers' own. */
    VoteBook(MemberHistory history) {
        this.history = history;
    }

    /** ⌈(n + f + 1) / 2⌉ with f = ⌊(n − 1) / 3⌋. */
    static int quorum(int members) {
        int faulty = (members - 1) / 3;
        return Math.ceilDiv(members + faulty + 1, 2);
    }

    @Override
    public void stepped(Step step) {
        for (Output output : step.outputs()) {
            if (output instanceof Output.Send(var _, WireMessage.EngineMessage(var message)) && message != last) {
                last = message;
                votes(message).forEach(this::add);
            }
        }
    }

    private void add(Vote vote) {
        if (vote.isSigned(KeyedHash::verifies)) {
            voters.computeIfAbsent(vote.ballot(), _ -> new TreeSet<>()).add(vote.voter());
        }
    }

    /** The votes that are a message's own, without those of its proofs. */
    static List<Vote> votes(Message message) {
        return PbftWords.vote(message).stream().toList();
    }

    /** All ballots of a kind at a height that anybody has voted for. */
    List<Ballot> ballots(Ballot.Kind kind, long height) {
        return voters.keySet().stream()
                .filter(ballot -> ballot.kind() == kind && ballot.height() == height)
                .toList();
    }

    /** Whether so many vouch for a block that it counts as prepared: the primary by proposing it, others by a prepare. */
    boolean isPrepared(Ballot ballot) {
        return isQuorum(ballot, vouching(ballot));
    }

    /** The same, when this member, whose own prepare nobody may have heard, vouches too. */
    boolean isPreparedBy(PublicKey member, Ballot ballot) {
        Set<PublicKey> vouching = vouching(ballot);
        vouching.add(member);
        return isQuorum(ballot, vouching);
    }

    private boolean isQuorum(Ballot ballot, Set<PublicKey> voters) {
        Optional<ValidatorSet> members = history.at(ballot.height());
        return members.isPresent()
                && voters.stream().filter(members.get()::contains).count()
                        >= quorum(members.get().size());
    }

    private Set<PublicKey> vouching(Ballot ballot) {
        Set<PublicKey> vouching = new TreeSet<>(voters(ballot, Ballot.Kind.PREPARE));
        history.at(ballot.height()).ifPresent(members -> {
            PublicKey primary = members.key((int) (ballot.view() % members.size()));
            vouching.remove(primary);
            if (voters(ballot, Ballot.Kind.PRE_PREPARE).contains(primary)) {
                vouching.add(primary);
            }
        });
        return vouching;
    }

    /** Whether a quorum has committed to a block. */
    boolean isCommitted(Ballot ballot) {
        return isQuorum(ballot, voters(ballot, Ballot.Kind.COMMIT));
    }

    private Set<PublicKey> voters(Ballot ballot, Ballot.Kind kind) {
        return voters.getOrDefault(
                new Ballot(kind, ballot.chainId(), ballot.height(), ballot.view(), ballot.block()), Set.of());
    }
}
