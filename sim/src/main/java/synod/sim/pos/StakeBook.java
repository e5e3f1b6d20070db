package synod.sim.pos;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.chain.BlockHeader;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.EpochState;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Message;
import synod.consensus.pos.CheckpointBallot;
import synod.consensus.pos.SigningHistory;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.journal.JournalEntry;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.protocol.KeyedHash;
import synod.sim.world.Step;

/** Every genuine ballot that anybody has ever sent, and every set of validators: what nobody in the network can know. */
final class StakeBook implements Checker {
    private final Hash chainId;
    private final Map<NodeId, PublicKey> keys = new TreeMap<>();
    private final Map<CheckpointVote, Set<PublicKey>> voters = new LinkedHashMap<>();
    private final Map<Hash, ValidatorSet> sets = new TreeMap<>();

    /** By the id of a block, the root of those who vote on it: also of blocks that the one who counts has lost since. */
    private final Map<Hash, Hash> roots = new TreeMap<>();

    private @Nullable Message last;

    StakeBook(BlockHeader genesis, List<PublicKey> validators) {
        this.chainId = genesis.id();
        add(genesis);
        validators.forEach(key -> keys.put(NodeId.of(key), key));
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
                case Output.Append(var _, var entries) -> entries.forEach(entry -> addOwn(step, entry));
                case Output.Send(var _, WireMessage.Headers(var headers, var _)) -> headers.forEach(this::addCarried);
                case Output.Publish(ReplicaEvent.HeadChanged moved)
                when step.node().isCorrect() -> {
                    moved.adopted().forEach(block -> add(block.header()));
                    add(step.view().ledger().stake().orElseThrow().epoch());
                }
                default -> {}
            }
        }
    }

    private void add(CheckpointBallot ballot) {
        if (ballot.isSigned(KeyedHash::verifies, chainId)) {
            voters.computeIfAbsent(ballot.vote(), _ -> new TreeSet<>()).add(ballot.voter());
        }
    }

    /** A vote that a validator counts already and that nobody may ever hear. */
    private void addOwn(Step step, JournalEntry entry) {
        PublicKey self = keys.get(step.node().id());
        if (self != null && entry instanceof JournalEntry.EngineEntry(var ofEngine)) {
            SigningHistory.of(new TreeMap<>(Map.of(ofEngine.key(), ofEngine.value())))
                    .vote()
                    .ifPresent(vote ->
                            voters.computeIfAbsent(vote, _ -> new TreeSet<>()).add(self));
        }
    }

    /** Signatures that a liar showed to nobody before it put them into a block. */
    private void addCarried(SealedHeader header) {
        add(header.header());
        Seals.certificate(header.header(), header.seal())
                .ifPresent(certificate -> certificate.signatures().forEach((number, signature) -> {
                    if (number < certificate.validators().size()) {
                        add(new CheckpointBallot(certificate.validators().key(number), certificate.link(), signature));
                    }
                }));
    }

    private void add(BlockHeader header) {
        roots.put(header.id(), header.core().validatorsRoot());
    }

    private void add(EpochState epoch) {
        sets.put(epoch.active().validators().root(), epoch.active().validators());
        sets.put(epoch.next().validators().root(), epoch.next().validators());
    }

    /** Whether a justified link leads from this block, as a checkpoint, to the checkpoint of the next epoch. */
    boolean isFinal(Hash block) {
        return voters.keySet().stream()
                .filter(link -> link.source().block().equals(block)
                        && link.target().epoch() - link.source().epoch() == 1)
                .anyMatch(this::isJustified);
    }

    /** Whether more than two thirds of the stake that the target's header names voted for this link. */
    boolean isJustified(CheckpointVote link) {
        Optional<ValidatorSet> set =
                Optional.ofNullable(roots.get(link.target().block())).map(sets::get);
        if (set.isEmpty()) {
            return false;
        }
        Set<PublicKey> in = voters.getOrDefault(link, Set.of());
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
