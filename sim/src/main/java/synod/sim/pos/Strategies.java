package synod.sim.pos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.LeaderProof;
import synod.consensus.pos.CheckpointBallot;
import synod.consensus.pos.JustificationCertificate;
import synod.consensus.pos.SlotSeal;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.node.byzantine.Adversary;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** How validators lie, by name. */
final class Strategies {
    private static final int WITHHELD_STEPS = 60;

    /** Says it drew what wins, in every slot; all else it does by the rules. */
    static final String FORGED_DRAW = "forged-draw";

    private static final Map<String, Function<LyingStaker, Adversary>> BY_NAME = new TreeMap<>(Map.of(
            "silent",
            _ -> ballots((_, _) -> List.of()),
            "selective",
            self -> ballots((to, said) -> self.isFirstHalf(to) ? List.of(said) : List.of()),
            "double-vote",
            self -> doubleVote(self, self::isFirstHalf),
            "hidden-vote",
            self -> doubleVote(self, _ -> false),
            "surround-vote",
            Strategies::surroundVote,
            "bad-signature",
            _ -> ballots((_, said) -> List.of(said, badlySigned(said))),
            "equivocate",
            self -> new OtherBlocks(self, OtherBlocks.sibling(self)),
            FORGED_DRAW,
            _ -> (_, outputs) -> outputs,
            "forged-certificate",
            self -> new OtherBlocks(self, forgedCertificate(self)),
            "withhold",
            _ -> withhold()));

    private Strategies() {}

    /** What a peer is told in the place of a ballot. */
    @FunctionalInterface
    private interface BallotLie {
        List<CheckpointBallot> instead(NodeId to, CheckpointBallot said);
    }

    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    static Adversary named(String name, LyingStaker self) {
        Function<LyingStaker, Adversary> strategy = BY_NAME.get(name);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy of validators is called '" + name + "'");
        }
        return strategy.apply(self);
    }

    private static Adversary ballots(BallotLie lie) {
        return (nowMillis, outputs) -> {
            List<Output> corrupted = new ArrayList<>(outputs.size());
            for (Output output : outputs) {
                if (output instanceof Output.Send(var to, WireMessage.EngineMessage(CheckpointBallot said))) {
                    lie.instead(to, said)
                            .forEach(other -> corrupted.add(new Output.Send(to, new WireMessage.EngineMessage(other))));
                } else {
                    corrupted.add(output);
                }
            }
            return corrupted;
        };
    }

    /**
     * Votes as the engine does towards some, and for a checkpoint that nobody has towards the others. The engine's vote
     * stands in the certificates of its own blocks too.
     */
    private static Adversary doubleVote(LyingStaker self, Predicate<NodeId> toldTheTruth) {
        return ballots((to, said) -> {
            if (!said.voter().equals(self.key()) || toldTheTruth.test(to)) {
                return List.of(said);
            }
            Checkpoint target = said.vote().target();
            Checkpoint other =
                    new Checkpoint(target.epoch(), Sha256.hash(target.block().bytes()));
            return List.of(self.ballot(new CheckpointVote(said.vote().source(), other)));
        });
    }

    /** Beside each vote one from block 0 to the next epoch, which spans it. */
    private static Adversary surroundVote(LyingStaker self) {
        return ballots((to, said) -> {
            if (!said.voter().equals(self.key()) || said.vote().source().epoch() == 0) {
                return List.of(said);
            }
            Checkpoint target = said.vote().target();
            CheckpointVote spanning = new CheckpointVote(
                    new Checkpoint(0, self.chainId()), new Checkpoint(target.epoch() + 1, target.block()));
            return List.of(said, self.ballot(spanning));
        });
    }

    private static CheckpointBallot badlySigned(CheckpointBallot said) {
        byte[] signature = said.signature().bytes();
        signature[0] ^= 1;
        return new CheckpointBallot(said.voter(), said.vote(), Signature.of(signature));
    }

    /** Carries a certificate that it alone has signed, for the block's own parent. */
    private static OtherBlocks.Forgery forgedCertificate(LyingStaker self) {
        return own -> {
            Block block = own.block();
            long epoch = PosProtocol.CLOCK.epoch(
                    PosProtocol.CLOCK.slot(block.header().timeMillis()));
            if (epoch == 0) {
                return Optional.empty();
            }
            CheckpointVote link = new CheckpointVote(
                    new Checkpoint(0, self.chainId()),
                    new Checkpoint(epoch, block.header().parent()));
            JustificationCertificate forged =
                    JustificationCertificate.of(link, self.validators(), List.of(self.ballot(link)));
            LeaderProof proof = Seals.proof(block.header());
            LeaderProof committed = new LeaderProof(
                    proof.nonce(), proof.vrfKey(), proof.proof(), proof.output(), SlotSeal.digest(Optional.of(forged)));
            Block changed = LyingStaker.changed(block, block.header().timeMillis(), committed);
            return Optional.of(new SealedBlock(changed, self.seal(changed, Optional.of(forged))));
        };
    }

    /** Keeps its news of blocks to itself for a while, and then tells it all at once. */
    private static Adversary withhold() {
        List<Output> withheld = new ArrayList<>();
        int[] steps = {0};
        return (nowMillis, outputs) -> {
            List<Output> told = new ArrayList<>();
            for (Output output : outputs) {
                if (output instanceof Output.Send(var _, WireMessage.Headers _)) {
                    withheld.add(output);
                } else {
                    told.add(output);
                }
            }
            if (++steps[0] % WITHHELD_STEPS == 0) {
                told.addAll(withheld);
                withheld.clear();
            }
            return told;
        };
    }
}
