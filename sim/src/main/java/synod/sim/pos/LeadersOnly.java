package synod.sim.pos;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Block;
import synod.chain.stake.EpochState;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.tree.BlockNode;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.check.Checker;
import synod.sim.protocol.KeyedHash;
import synod.sim.world.Step;

/**
 * Every head of a correct node was made by one who led its slot, drawn by stake that was fixed before the epoch's nonce
 * could be known: the stake of an epoch is what it was two epochs before, whatever happened since.
 */
final class LeadersOnly implements Checker {
    private static final double ACTIVE_SLOTS = 0.5;
    private static final double TOLERANCE = 1e-9;

    private final Map<Hash, Seen> seen = new TreeMap<>();

    /** What the state after a block said. */
    private record Seen(EpochState epoch, Optional<StakeSnapshot> stakeNow) {}

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged moved)
                    && !moved.adopted().isEmpty()) {
                Block head = moved.adopted().getLast();
                BlockNode now = step.view().blocks().head();
                // where one step moved the head several times, the state is the last one's
                if (head.id().equals(now.id()) && head.height() > 0) {
                    check(step, head);
                }
            }
        }
    }

    private void check(Step step, Block head) {
        StakeView stake = step.view().ledger().stake().orElseThrow();
        EpochState epoch = stake.epoch();
        Seen here = new Seen(epoch, stakeNow(stake));
        BlockNode parent = step.view().blocks().node(head.header().parent()).orElseThrow();
        requireLaterSlot(head, parent);
        requireLead(head, epoch);
        Seen before = seen.get(parent.id());
        if (before != null) {
            requireFixedStake(head, epoch, before);
        }
        if (!head.header()
                .core()
                .validatorsRoot()
                .equals(epoch.next().validators().root())) {
            throw violated(head + " names other validators than those of the next epoch");
        }
        Seen known = seen.putIfAbsent(head.id(), here);
        if (known != null && !known.equals(here)) {
            throw violated(step.node() + " has another stake after " + head.id() + " than another node");
        }
    }

    private void requireLaterSlot(Block head, BlockNode parent) {
        long slot = PosProtocol.CLOCK.slot(head.header().timeMillis());
        if (slot <= PosProtocol.CLOCK.slot(parent.header().timeMillis())) {
            throw violated(head + " is not in a later slot than its parent");
        }
    }

    private void requireLead(Block head, EpochState epoch) {
        LeaderProof proof = Seals.proof(head.header());
        Staker proposer = epoch.active()
                .find(head.header().core().proposer())
                .orElseThrow(() -> violated(head + " is of one without stake"));
        long slot = PosProtocol.CLOCK.slot(head.header().timeMillis());
        var draw = KeyedHash.prover(proposer.vrfKey()).draw(LeaderProof.alpha(epoch.nonce(), slot));
        if (!draw.output().equals(proof.output())) {
            throw violated(head + " has an output that its proposer did not draw");
        }
        double share =
                (double) proposer.stake().units() / epoch.active().total().units();
        double threshold = 1 - Math.pow(1 - ACTIVE_SLOTS, share);
        double drawn = new BigInteger(1, draw.output().bytes()).doubleValue() / Math.pow(2, 512);
        if (drawn > threshold + TOLERANCE) {
            throw violated(head + " is of one who drew " + drawn + ", above " + threshold);
        }
    }

    private void requireFixedStake(Block head, EpochState epoch, Seen before) {
        long passed = epoch.number() - before.epoch().number();
        StakeSnapshot active =
                passed == 0 ? before.epoch().active() : before.epoch().next();
        if (passed <= 1 && !epoch.active().equals(active)) {
            throw violated(head + ": the stake of epoch " + epoch.number() + " was not fixed two epochs before");
        }
        StakeSnapshot next = passed == 0
                ? before.epoch().next()
                : before.stakeNow().orElse(before.epoch().next());
        if (!epoch.next().equals(next)) {
            throw violated(head + ": the stake of epoch " + (epoch.number() + 1) + " is not what it was before epoch "
                    + epoch.number());
        }
        if (passed == 0 && !epoch.nonce().equals(before.epoch().nonce())) {
            throw violated(head + ": the nonce changed within epoch " + epoch.number());
        }
    }

    private static Optional<StakeSnapshot> stakeNow(StakeView stake) {
        List<Staker> stakers = new ArrayList<>();
        for (PublicKey key : stake.bonded()) {
            StakeRecord record = stake.validator(key).orElseThrow();
            stakers.add(new Staker(key, record.vrfKey(), record.bonded()));
        }
        return stakers.isEmpty() ? Optional.empty() : Optional.of(StakeSnapshot.of(stakers));
    }
}
