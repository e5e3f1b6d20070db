package synod.consensus.pos;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.stake.ProposerRule;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeView;
import synod.chain.state.AccountReader;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Buffer;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.consensus.branch.ForkChoice;
import synod.crypto.Hash;

/** One life of the engine, from the start on. */
final class Validator {
    /** At most so many timers run out in a slot. */
    private static final long TIMERS_A_SLOT = 8;

    private final Branches branches;
    private final Supplier<StakeView> stake;
    private final Outgoing out = new Outgoing();
    private final FinalityState finality;
    private final Trust trust;
    private final SafeBranch safe;
    private final ForkChoice forkChoice;
    private final KnownSets sets = new KnownSets();
    private final StakeGuard guard;
    private final Contradictions contradictions;
    private final Voting voting;
    private final Proposing proposing;
    private final PosStatus status;

    /** Up to this slot others are listened to first, in case the network has gone on without this node. */
    private final long quietUntilSlot;

    private long lastSlot = -1;

    Validator(
            PosConsensus rules,
            BlockTree tree,
            Supplier<StakeView> stake,
            AccountReader accounts,
            PosSettings settings,
            Event.Started started) {
        SlotClock clock = rules.clock();
        this.branches = new Branches(tree, clock);
        this.stake = stake;
        Hash genesis = rules.chainId();
        this.finality = new FinalityState(genesis, started.entries());
        this.trust = new Trust(
                branches,
                settings.checkpoint(),
                rules.parameters().stake().unbondingMillis(),
                finality,
                started.entries(),
                started.timeMillis());
        Promise promise = new Promise(branches, finality);
        this.safe = new SafeBranch(branches, finality, promise, trust);
        this.forkChoice = new ForkChoice(tree, safe);
        this.guard = new StakeGuard(settings.signer(), genesis, started.entries());
        this.contradictions = new Contradictions(
                settings.signer(),
                genesis,
                settings.rules(),
                stake,
                accounts,
                sets,
                new EvidenceFile(started.entries()),
                out);
        this.voting = new Voting(
                branches, settings.signer().publicKey(), guard, finality, promise, sets, contradictions, out);
        this.proposing = new Proposing(
                branches,
                stake,
                new ProposerRule(rules.parameters().stake()).threshold(),
                settings.signer(),
                settings.vrf(),
                guard,
                finality,
                out);
        this.status = new PosStatus(branches, settings.signer().publicKey(), finality, voting, proposing);
        long slot = clock.slot(started.timeMillis());
        long patience = clock.epochSlots() / 3;
        this.quietUntilSlot = branches.slot(tree.head()) + patience < slot ? slot + patience : slot - 1;
    }

    List<Action> start(long nowMillis) {
        BlockNode head = branches.tree().head();
        absorb(head);
        branches.blocks(branches.epoch(head) - 1, head).forEach(node -> compare(node, nowMillis));
        voting.resume(nowMillis);
        voting.finalizeOnBranch();
        startTimer(nowMillis);
        return out.drain();
    }

    List<Action> onBallot(CheckpointBallot ballot, long nowMillis) {
        voting.received(ballot, nowMillis);
        return settle(nowMillis);
    }

    List<Action> onTimer(String timer, long nowMillis) {
        if (!timer.equals(PosEngine.SLOT_TIMER)) {
            throw new IllegalStateException("a timer '" + timer + "' that this engine never started");
        }
        long slot = branches.clock().slot(nowMillis);
        if (slot > lastSlot) {
            lastSlot = slot;
            proposing.slot(slot, nowMillis, mayAct(nowMillis));
            voting.repeat(slot);
            if (slot % branches.clock().epochSlots() == 0) {
                contradictions.report();
            }
        }
        startTimer(nowMillis);
        return settle(nowMillis);
    }

    /** For the next slot's begin. Where the clock was set back time stands still here, and the timer must not spin. */
    private void startTimer(long nowMillis) {
        SlotClock clock = branches.clock();
        long next = clock.startMillis(clock.slot(nowMillis) + 1);
        long least = Math.ceilDiv(clock.slotMillis(), TIMERS_A_SLOT);
        out.add(new Action.StartTimer(PosEngine.SLOT_TIMER, Math.max(least, next - nowMillis)));
    }

    List<Action> onBuilt(Block block) {
        if (!forkChoice.isAdopting()) {
            proposing.built(block);
        }
        return out.drain();
    }

    List<Action> onArrived(Hash block, long nowMillis) {
        BlockNode node = branches.tree()
                .node(block)
                .orElseThrow(() -> new IllegalStateException("the block " + block + " arrived but is not in the tree"));
        compare(node, nowMillis);
        certificate(node).ifPresent(voting::carried);
        adopt(forkChoice.arrived(block));
        // ballots may have come before the block that they are for
        voting.count();
        return settle(nowMillis);
    }

    List<Action> onApplied(Hash block, Optional<Rejection> rejection, long nowMillis) {
        rejection.ifPresent(why -> status.rejected(block, why));
        if (rejection.isEmpty()) {
            absorb(branches.tree().head());
            voting.keepPromise();
            voting.count();
        }
        adopt(forkChoice.applied(block, rejection.isEmpty()));
        return settle(nowMillis);
    }

    /** What the head's state and the seals of the adopted branch say, if it is to be trusted. */
    private void absorb(BlockNode head) {
        if (!trust.isTrusted(head)) {
            return;
        }
        sets.executed(stake.get().epoch());
        Iterator<JustificationCertificate> carried =
                branches.certificates(finality.justified().epoch(), head).iterator();
        boolean isNews = true;
        while (isNews && carried.hasNext()) {
            JustificationCertificate certificate = carried.next();
            voting.learn(certificate);
            // older ones have lower targets and sources
            isNews = !certificate.finalizesSource();
        }
    }

    /** What those who signed the block's seal and the votes in it said before may contradict that. */
    private void compare(BlockNode node, long nowMillis) {
        contradictions.arrived(node, branches);
        certificate(node).ifPresent(certificate -> voting.compare(certificate, nowMillis));
    }

    private static Optional<JustificationCertificate> certificate(BlockNode node) {
        return node.height() == 0
                ? Optional.empty()
                : SlotSeal.of(node.header(), node.seal()).certificate();
    }

    /** After everything: the branch is the right one, what is final on it is declared so, and a vote is cast. */
    private List<Action> settle(long nowMillis) {
        adopt(forkChoice.reconsider());
        if (!forkChoice.isAdopting() && !safe.mayFollow(branches.tree().head())) {
            // no other branch may be at hand that goes on from there
            Hash goal = safe.goal().block();
            adopt(branches.tree().isComplete(goal) ? forkChoice.arrived(goal) : Optional.empty());
        }
        if (!forkChoice.isAdopting()) {
            trust.note(branches.tree().head()).ifPresent(entry -> out.persist(List.of(entry)));
            voting.finalizeOnBranch();
            if (mayAct(nowMillis)) {
                voting.vote(nowMillis);
                voting.finalizeOnBranch();
            }
        }
        return out.drain();
    }

    private boolean mayAct(long nowMillis) {
        BlockNode head = branches.tree().head();
        boolean listens = branches.clock().slot(nowMillis) <= quietUntilSlot
                && branches.slot(head) + branches.clock().epochSlots() / 3
                        < branches.clock().slot(nowMillis);
        return !listens && !forkChoice.isAdopting() && safe.isSafe(head);
    }

    private void adopt(Optional<Hash> block) {
        block.ifPresent(id -> out.add(new Action.Adopt(id)));
    }

    EngineStatus status(long nowMillis) {
        return status.at(
                stake.get(),
                trust.waitsFor(),
                forkChoice.isAdopting(),
                safe.isSafe(branches.tree().head()),
                contradictions.all().size(),
                nowMillis);
    }

    List<Buffer> buffers() {
        return List.of(
                new Buffer(
                        "ballots",
                        voting.book().size(),
                        (long) (BallotBook.WINDOW + BallotBook.AHEAD) * BallotBook.MAX_VOTERS),
                new Buffer("slot claims", contradictions.claims(), SlotClaims.MAX_CLAIMS));
    }

    List<StakeEvidence> evidence() {
        return contradictions.all();
    }

    SigningHistory signingHistory() {
        return guard.history();
    }
}
