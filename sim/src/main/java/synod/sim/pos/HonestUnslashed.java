package synod.sim.pos;

import java.util.List;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.protocol.KeyedHash;
import synod.sim.world.Marks;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/** Nobody who follows the protocol is ever slashed or accused; whoever is proven to contradict itself is slashed, once. */
final class HonestUnslashed implements Checker {
    private final Marks marks;
    private final List<Staker> validators;
    private final Hash chainId;

    HonestUnslashed(Marks marks, List<Staker> validators, Hash chainId) {
        this.marks = marks;
        this.validators = validators;
        this.chainId = chainId;
    }

    @Override
    public void stepped(Step step) {
        for (Output output : step.outputs()) {
            if (step.node().isCorrect() && output instanceof Output.Publish(ReplicaEvent.HeadChanged _)) {
                StakeView stake = step.view().ledger().stake().orElseThrow();
                validators.forEach(validator -> check(step, stake, validator));
            }
        }
    }

    private void check(Step step, StakeView stake, Staker validator) {
        PublicKey key = validator.key();
        if (!isJailed(stake, key)) {
            return;
        }
        if (step.node().id().equals(NodeId.of(key))) {
            throw violated(step.node() + " follows the protocol and is slashed");
        }
        // a tenth of it, rounded down
        long left = stake.validator(key).orElseThrow().total().units();
        if (left < validator.stake().units() / 10 * 9) {
            throw violated(key + " was slashed more than once: of " + validator.stake() + " there are " + left
                    + " units left");
        }
    }

    private static boolean isJailed(StakeView stake, PublicKey key) {
        return stake.validator(key).filter(StakeRecord::jailed).isPresent();
    }

    @Override
    public void finish(List<SimNode> core) {
        for (SimNode node : core) {
            StakeView stake = node.view().ledger().stake().orElseThrow();
            for (StakeEvidence evidence : node.view().stakeEvidence()) {
                marks.mark("a contradiction was proven");
                requireProof(core, node, evidence);
                if (!isJailed(stake, evidence.accused())) {
                    throw violated(node + " knows that " + evidence.accused() + " contradicted itself, unpunished");
                }
                marks.mark("a validator was slashed");
            }
        }
    }

    private void requireProof(List<SimNode> core, SimNode node, StakeEvidence evidence) {
        NodeId accused = NodeId.of(evidence.accused());
        boolean isCorrect = core.stream().anyMatch(other -> other.id().equals(accused));
        boolean isProof = evidence.signedMessages(chainId).stream()
                .allMatch(signed -> KeyedHash.verifies(signed.key(), signed.message(), signed.signature()));
        if (isCorrect || !isProof) {
            throw violated(node + " accuses " + evidence.accused() + " with " + evidence);
        }
    }
}
