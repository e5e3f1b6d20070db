package synod.sim.pos;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.EpochState;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Message;
import synod.consensus.pos.CheckpointBallot;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.protocol.KeyedHash;
import synod.sim.world.Step;

/** Every genuine ballot that anybody has ever sent, and every set of validators: what nobody in the network can know. */
final class StakeBook implements Checker {
    private final Hash chainId;
    private final Map<String, Set<PublicKey>> voters = new TreeMap<>();
    private final Map<Hash, ValidatorSet> sets = new TreeMap<>();
    private @Nullable Message last;

    StakeBook(Hash chainId) {
        this.chainId = chainId;
    }

    @Override
    public void stepped(Step step) {
        for (Output output : step.outputs()) {
            switch (output) {
                case Output.Send(var _, WireMessage.EngineMessage(var message))
                when message != last -> {
                    last = message;
                    add((CheckpointBallot) message);
                }
                case Output.Send(var _, WireMessage.Headers(var headers, var _)) -> headers.forEach(this::addCarried);
                case Output.Publish(ReplicaEvent.HeadChanged _)
                when step.node().isCorrect() ->
                    add(step.view().ledger().stake().orElseThrow().epoch());
                default -> {}
            }
        }
    }

    private void add(CheckpointBallot ballot) {
        if (ballot.isSigned(KeyedHash::verifies, chainId)) {
            voters.computeIfAbsent(ballot.vote().toString(), _ -> new TreeSet<>())
                    .add(ballot.voter());
        }
    }

    /** Signatures that a liar showed to nobody before it put them into a block. */
    private void addCarried(SealedHeader header) {
        Seals.certificate(header.header(), header.seal())
                .ifPresent(certificate -> certificate.signatures().forEach((number, signature) -> {
                    if (number < certificate.validators().size()) {
                        add(new CheckpointBallot(certificate.validators().key(number), certificate.link(), signature));
                    }
                }));
    }

    private void add(EpochState epoch) {
        sets.put(epoch.active().validators().root(), epoch.active().validators());
        sets.put(epoch.next().validators().root(), epoch.next().validators());
    }

    /** Whether more than two thirds of the stake that the checkpoint's header names voted for this link. */
    boolean isJustified(CheckpointVote link, Block target) {
        Optional<ValidatorSet> set =
                Optional.ofNullable(sets.get(target.header().core().validatorsRoot()));
        if (set.isEmpty()) {
            return false;
        }
        Set<PublicKey> in = voters.getOrDefault(link.toString(), Set.of());
        BigInteger voted = set.get().validators().stream()
                .filter(validator -> in.contains(validator.key()))
                .map(validator -> BigInteger.valueOf(validator.weight()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger total = set.get().validators().stream()
                .map(validator -> BigInteger.valueOf(validator.weight()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        return voted.multiply(BigInteger.valueOf(3)).compareTo(total.multiply(BigInteger.TWO)) > 0;
    }
}
