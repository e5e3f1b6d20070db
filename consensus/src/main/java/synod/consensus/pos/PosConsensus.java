package synod.consensus.pos;

import java.math.BigInteger;
import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.SlotClock;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.Consensus;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.consensus.SignatureVerifier;
import synod.consensus.VrfVerifier;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * The rules of proof of stake that need no engine state: headers, their seals, and the form of ballots. Who leads a slot
 * the ledger knows, so that the proposer had the stake is found out by executing the block. The genesis block is exempt:
 * its id is known beforehand.
 */
public final class PosConsensus implements Consensus {
    /** The engine's name. */
    public static final String NAME = "pos";

    private final PosParameters parameters;
    private final Hash chainId;
    private final SignatureVerifier verifier;
    private final VrfVerifier vrf;

    /** The rules of the network with this genesis block. */
    public PosConsensus(PosParameters parameters, Hash chainId, SignatureVerifier verifier, VrfVerifier vrf) {
        this.parameters = parameters;
        this.chainId = chainId;
        this.verifier = verifier;
        this.vrf = vrf;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What the network's genesis fixed. */
    public PosParameters parameters() {
        return parameters;
    }

    /** The genesis block's id. */
    Hash chainId() {
        return chainId;
    }

    SlotClock clock() {
        return parameters.stake().clock();
    }

    @Override
    public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
        Optional<BlockNode> parent = tree.node(header.parent());
        if (parent.isEmpty()) {
            return refuse(Reason.UNKNOWN_PARENT, "the parent " + header.parent() + " is not known here");
        }
        SlotSeal read;
        try {
            read = SlotSeal.decode(seal);
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
        return checkForm(header, read)
                .or(() -> checkPlace(header, parent.get()))
                .or(() -> checkTime(header, parent.get(), nowMillis))
                .or(() -> read.certificate()
                        .flatMap(certificate -> checkCertificate(header, certificate, parent.get(), tree)));
    }

    private static Optional<Rejection> checkForm(BlockHeader header, SlotSeal seal) {
        if (header.version() != BlockHeader.VERSION) {
            return refuse(
                    Reason.BAD_VERSION,
                    String.format("version 0x%08x, where 0x%08x is required", header.version(), BlockHeader.VERSION));
        }
        if (header.bits() != 0 || header.nonce() != 0 || header.core().extraNonce() != 0) {
            return refuse(Reason.BAD_BITS, "bits and nonces are zero where nobody mines");
        }
        if (!header.core().proposer().equals(Address.of(seal.proposer()))) {
            return refuse(Reason.BAD_SEAL, "the seal is of another key than the proposer's");
        }
        try {
            LeaderProof proof = LeaderProof.decode(header.core().engineField());
            return proof.certificate().equals(SlotSeal.digest(seal.certificate()))
                    ? Optional.empty()
                    : refuse(Reason.BAD_SEAL, "the certificate is not the one that the header commits to");
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
    }

    private Optional<Rejection> checkPlace(BlockHeader header, BlockNode parent) {
        if (header.height() != parent.height() + 1) {
            return refuse(Reason.BAD_HEIGHT, "height " + header.height() + " on a parent of height " + parent.height());
        }
        return header.core().chainId().equals(chainId)
                ? Optional.empty()
                : refuse(
                        Reason.WRONG_CHAIN,
                        "a block of chain " + header.core().chainId() + ", this is chain " + chainId);
    }

    private Optional<Rejection> checkTime(BlockHeader header, BlockNode parent, long nowMillis) {
        long slot = clock().slot(header.timeMillis());
        long parentSlot = clock().slot(parent.header().timeMillis());
        if (slot <= parentSlot) {
            return refuse(Reason.TIME_TOO_EARLY, "a block of slot " + slot + " on one of slot " + parentSlot);
        }
        long aheadMillis = header.timeMillis() - nowMillis;
        return aheadMillis <= parameters.futureDriftMillis()
                ? Optional.empty()
                : refuse(
                        Reason.TIME_TOO_LATE,
                        "time " + header.timeMillis() + " ms is " + aheadMillis
                                + " ms ahead of this node's clock; " + parameters.futureDriftMillis()
                                + " ms are allowed");
    }

    /**
     * A certificate belongs to the header's own branch, is of those who may vote on its target, and is newer than every
     * one that an ancestor carries: so the last one on a branch says how far it is justified.
     */
    private Optional<Rejection> checkCertificate(
            BlockHeader header, JustificationCertificate certificate, BlockNode parent, BlockTree tree) {
        Branches branches = new Branches(tree, clock());
        Checkpoint target = certificate.link().target();
        if (target.epoch() > clock().epoch(clock().slot(header.timeMillis()))) {
            return refuse(Reason.BAD_SEAL, "a certificate for epoch " + target.epoch() + ", which has not begun");
        }
        // those on a branch are ever newer
        if (branches.certificates(target.epoch(), parent)
                .findFirst()
                .filter(newest -> newest.link().target().epoch() >= target.epoch())
                .isPresent()) {
            return refuse(Reason.BAD_SEAL, "an ancestor carries a certificate for epoch " + target.epoch());
        }
        BlockNode node = branches.checkpoint(target.epoch(), parent);
        if (!node.id().equals(target.block())) {
            return refuse(
                    Reason.BAD_SEAL,
                    "the checkpoint of epoch " + target.epoch() + " here is " + node.id() + ", and the certificate's "
                            + target.block());
        }
        if (!certificate.validators().root().equals(node.header().core().validatorsRoot())) {
            return refuse(Reason.BAD_SEAL, "the certificate is of validators who may not vote on its target");
        }
        return branches.contains(node, certificate.link().source())
                ? Optional.empty()
                : refuse(Reason.BAD_SEAL, "the certificate's source is on another branch");
    }

    /** The claim's signature, the draw's proof, and the signatures of the certificate. */
    @Override
    public Optional<Rejection> verifySeal(BlockHeader header, ByteString seal) {
        if (!header.core().chainId().equals(chainId)) {
            return refuse(Reason.WRONG_CHAIN, "a seal of chain " + header.core().chainId());
        }
        try {
            SlotSeal read = SlotSeal.decode(seal);
            long slot = clock().slot(header.timeMillis());
            byte[] claim = new SlotClaim(slot, header.id()).signedBytes(chainId);
            if (!verifier.verifies(read.proposer(), claim, read.signature())) {
                return refuse(Reason.BAD_SEAL, "the proposer's signature is not under this block");
            }
            LeaderProof proof = LeaderProof.decode(header.core().engineField());
            if (vrf.output(proof.vrfKey(), LeaderProof.alpha(proof.nonce(), slot), proof.proof())
                    .filter(proof.output()::equals)
                    .isEmpty()) {
                return refuse(Reason.BAD_ENGINE_FIELD, "the output is not what the key draws for slot " + slot);
            }
            return read.certificate().flatMap(certificate -> certificate.verify(chainId, verifier));
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
    }

    /** Every block counts the same, so the heaviest branch is the longest. */
    @Override
    public BigInteger weight(BlockHeader header) {
        return BigInteger.ONE;
    }

    @Override
    public Finality.Kind finality() {
        return Finality.Kind.ECONOMIC;
    }

    @Override
    public Verified<Message> verifyMessage(byte[] encoded) throws RejectedException {
        CheckpointBallot ballot = CheckpointBallot.decode(encoded);
        if (!ballot.isSigned(verifier, chainId)) {
            throw new RejectedException(
                    Reason.BAD_SIGNATURE, "a checkpoint ballot with a signature that is not its voter's");
        }
        return new Verified<>(ballot);
    }

    private static Optional<Rejection> refuse(Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
