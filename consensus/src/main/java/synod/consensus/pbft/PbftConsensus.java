package synod.consensus.pbft;

import java.math.BigInteger;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.Consensus;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.consensus.SignatureVerifier;
import synod.consensus.quorum.CommitCertificate;
import synod.crypto.Hash;

/**
 * The rules of PBFT that need no engine state: headers, their seals, and the form of messages. The genesis block is exempt:
 * its id is known beforehand.
 */
public final class PbftConsensus implements Consensus {
    /** The engine's name. */
    public static final String NAME = "pbft";

    private final PbftParameters parameters;
    private final Hash chainId;
    private final SignatureVerifier verifier;

    /** The rules of the network with this genesis block. */
    public PbftConsensus(PbftParameters parameters, Hash chainId, SignatureVerifier verifier) {
        this.parameters = parameters;
        this.chainId = chainId;
        this.verifier = verifier;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What the network's genesis fixed. */
    public PbftParameters parameters() {
        return parameters;
    }

    /** The genesis block's id. */
    Hash chainId() {
        return chainId;
    }

    /**
     * Judges a decided block's header by its parent; the seal's signatures were checked by {@link #verifySeal}. The clock
     * has no say: what a quorum decided is decided, however wrong the clock is here.
     */
    @Override
    public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
        Optional<BlockNode> parent = tree.node(header.parent());
        if (parent.isEmpty()) {
            return refuse(Reason.UNKNOWN_PARENT, "the parent " + header.parent() + " is not known here");
        }
        return checkHeader(header, parent.get())
                .or(() -> checkFinality(header, tree))
                .or(() -> checkMembers(seal, parent.get()));
    }

    /** Judges a proposal's header by the head that it must follow, and by the clock. */
    Optional<Rejection> checkProposal(BlockHeader header, OpenHeight open, long nowMillis) {
        if (!header.parent().equals(open.parent().id())) {
            return refuse(Reason.UNKNOWN_PARENT, "the parent is " + header.parent() + ", not the head");
        }
        Optional<Rejection> fault = checkHeader(header, open.parent());
        if (fault.isEmpty() && header.timeMillis() - nowMillis > parameters.futureDriftMillis()) {
            return refuse(
                    Reason.TIME_TOO_LATE,
                    "time " + header.timeMillis() + " ms is " + (header.timeMillis() - nowMillis)
                            + " ms ahead of this node's clock; " + parameters.futureDriftMillis() + " ms are allowed");
        }
        return fault;
    }

    private Optional<Rejection> checkHeader(BlockHeader header, BlockNode parent) {
        if (header.version() != BlockHeader.VERSION) {
            return refuse(
                    Reason.BAD_VERSION,
                    String.format("version 0x%08x, where 0x%08x is required", header.version(), BlockHeader.VERSION));
        }
        if (header.bits() != 0 || header.nonce() != 0 || header.core().extraNonce() != 0) {
            return refuse(Reason.BAD_BITS, "bits and nonces are zero where nobody mines");
        }
        if (header.core().engineField().size() != 0) {
            return refuse(
                    Reason.BAD_ENGINE_FIELD,
                    "an engine field of " + header.core().engineField().size() + " bytes; under PBFT it is empty");
        }
        if (!header.core().chainId().equals(chainId)) {
            return refuse(
                    Reason.WRONG_CHAIN, "a block of chain " + header.core().chainId() + ", this is chain " + chainId);
        }
        if (header.height() != parent.height() + 1) {
            return refuse(Reason.BAD_HEIGHT, "height " + header.height() + " on a parent of height " + parent.height());
        }
        long parentMillis = parent.header().timeMillis();
        return header.timeMillis() > parentMillis
                ? Optional.empty()
                : refuse(
                        Reason.TIME_TOO_EARLY,
                        "time " + header.timeMillis() + " ms is not after the parent's, " + parentMillis + " ms");
    }

    /** Whoever brings another block for a decided height shows that more than f members lie, or old keys are abused. */
    private static Optional<Rejection> checkFinality(BlockHeader header, BlockTree tree) {
        return header.height() > tree.head().height()
                ? Optional.empty()
                : refuse(Reason.BAD_SEAL, "height " + header.height() + " is decided, and its block is another");
    }

    private static Optional<Rejection> checkMembers(ByteString seal, BlockNode parent) {
        try {
            return CommitCertificate.decode(seal)
                    .checkMembers(parent.header().core().validatorsRoot());
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
    }

    @Override
    public Optional<Rejection> verifySeal(BlockHeader header, ByteString seal) {
        if (!header.core().chainId().equals(chainId)) {
            return refuse(Reason.WRONG_CHAIN, "a seal of chain " + header.core().chainId());
        }
        try {
            return CommitCertificate.decode(seal).verify(header, verifier);
        } catch (RejectedException e) {
            return refuse(
                    Reason.BAD_SEAL, "no commit certificate, " + e.rejection().detail());
        }
    }

    /** Every block counts the same, so the heaviest branch is the longest decided one. */
    @Override
    public BigInteger weight(BlockHeader header) {
        return BigInteger.ONE;
    }

    @Override
    public Finality.Kind finality() {
        return Finality.Kind.BYZANTINE;
    }

    /** A seal is a commit certificate. */
    @Override
    public boolean isInstantlyFinal() {
        return true;
    }

    @Override
    public Verified<Message> verifyMessage(byte[] encoded) throws RejectedException {
        PbftMessage message = PbftMessage.decode(encoded, chainId);
        if (!message.isSigned(verifier, chainId)) {
            throw new RejectedException(
                    Reason.BAD_SIGNATURE, "a " + message.kind() + " with a signature that is not its member's");
        }
        Optional<Rejection> fault = switch (message) {
            case PrePrepare(var _, Block block) -> block.checkTransactionsRoot();
            case BlockReply(Block block) -> block.checkTransactionsRoot();
            default -> Optional.empty();
        };
        if (fault.isPresent()) {
            throw new RejectedException(fault.get());
        }
        return new Verified<>(message);
    }

    private static Optional<Rejection> refuse(Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
