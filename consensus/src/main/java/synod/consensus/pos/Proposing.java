package synod.consensus.pos;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.stake.EpochState;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.LeaderThreshold;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Signer;
import synod.consensus.VrfProver;
import synod.crypto.Address;
import synod.crypto.Hash;

/** Draws in each slot whether this validator leads it, and makes the slot's block if so. */
final class Proposing {
    private final Branches branches;
    private final Supplier<StakeView> stake;
    private final LeaderThreshold threshold;
    private final Signer signer;
    private final VrfProver vrf;
    private final StakeGuard guard;
    private final FinalityState finality;
    private final Outgoing out;
    private @Nullable Wanted wanted;
    private long slotsLed;
    private long blocksMade;
    private @Nullable String hindrance;

    /** The block that was asked for. */
    private record Wanted(long slot, Hash parent, Optional<JustificationCertificate> certificate) {}

    Proposing(
            Branches branches,
            Supplier<StakeView> stake,
            LeaderThreshold threshold,
            Signer signer,
            VrfProver vrf,
            StakeGuard guard,
            FinalityState finality,
            Outgoing out) {
        this.branches = branches;
        this.stake = stake;
        this.threshold = threshold;
        this.signer = signer;
        this.vrf = vrf;
        this.guard = guard;
        this.finality = finality;
        this.out = out;
    }

    /** A slot has begun: asks for its block, if this validator leads it and may say so. */
    void slot(long slot, long nowMillis, boolean mayPropose) {
        BlockNode head = branches.tree().head();
        if (slot <= branches.slot(head)) {
            return;
        }
        EpochState epoch = stake.get().epoch(branches.clock().epoch(slot));
        Optional<Staker> self = epoch.active().find(signer.publicKey());
        hindrance = null;
        if (self.isEmpty()) {
            return;
        }
        if (!self.get().vrfKey().equals(vrf.publicKey())) {
            hindrance = "the stake is bonded with another VRF key than this node's";
            return;
        }
        VrfProver.Draw draw = vrf.draw(LeaderProof.alpha(epoch.nonce(), slot));
        if (!threshold.admits(draw.output(), self.get().stake(), epoch.active().total())) {
            return;
        }
        slotsLed++;
        if (!guard.mayClaim(slot)) {
            hindrance =
                    "its key has signed up to slot " + guard.history().slot() + ", so that none before may be claimed";
            return;
        }
        if (branches.clock().epoch(slot) < finality.justified().epoch()) {
            hindrance =
                    "its clock is behind: it is in epoch " + branches.clock().epoch(slot) + ", and epoch "
                            + finality.justified().epoch()
                            + " has a justified checkpoint already, below which nothing more belongs";
            return;
        }
        if (!mayPropose) {
            return;
        }
        Optional<JustificationCertificate> certificate = certificateFor(head);
        LeaderProof proof = new LeaderProof(
                epoch.nonce(), vrf.publicKey(), draw.proof(), draw.output(), SlotSeal.digest(certificate));
        wanted = new Wanted(slot, head.id(), certificate);
        out.add(new Action.BuildBlock(
                head.id(), Address.of(signer.publicKey()), nowMillis, 0, proof.encode(), nowMillis));
    }

    /** The certificate of the highest justified checkpoint, if no ancestor carries it or a newer one. */
    private Optional<JustificationCertificate> certificateFor(BlockNode head) {
        return finality.certificate().filter(known -> {
            long target = known.link().target().epoch();
            return branches.certificates(target, head)
                    .findFirst()
                    .filter(newest -> newest.link().target().epoch() >= target)
                    .isEmpty();
        });
    }

    /** The block is built: signs it, if it still is what the slot needs. */
    void built(Block block) {
        Wanted want = wanted;
        wanted = null;
        if (want == null
                || !block.header().parent().equals(want.parent())
                || !branches.tree().head().id().equals(want.parent())
                || branches.slot(block.header()) != want.slot()
                || !guard.mayClaim(want.slot())) {
            return;
        }
        StakeGuard.GuardedClaim claim = guard.claim(want.slot(), block.id());
        SlotSeal seal = new SlotSeal(signer.publicKey(), claim.signature(), want.certificate());
        blocksMade++;
        out.persist(List.of(claim.entry()), new Action.Publish(new SealedBlock(block, seal.encode())));
    }

    /** Slots that this validator led since the start. */
    long slotsLed() {
        return slotsLed;
    }

    /** Blocks that it made for them. */
    long blocksMade() {
        return blocksMade;
    }

    /** Why it makes no blocks though it has stake. */
    Optional<String> hindrance() {
        return Optional.ofNullable(hindrance);
    }
}
