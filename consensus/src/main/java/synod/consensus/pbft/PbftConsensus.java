package synod.consensus.pbft;

import java.math.BigInteger;
import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockTree;
import synod.consensus.Consensus;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.consensus.SignatureVerifier;
import synod.crypto.Hash;

/** The rules of PBFT that need no engine state: headers, seals and the form of messages. */
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

    @Override
    public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
        return Optional.of(new Rejection(Reason.BAD_SEAL, "seals are not checked yet " + verifier));
    }

    @Override
    public BigInteger weight(BlockHeader header) {
        return BigInteger.ONE;
    }

    @Override
    public Finality.Kind finality() {
        return Finality.Kind.BYZANTINE;
    }

    @Override
    public Verified<Message> verifyMessage(byte[] encoded) throws RejectedException {
        throw new RejectedException(Reason.MALFORMED, "no messages yet");
    }
}
