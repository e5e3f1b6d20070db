package synod.consensus;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** Two votes that no honest member signs both: proof, to anybody, that this member lies or that its key is abused. */
public record Evidence(Vote first, Vote second) {
    /** Refuses votes that do not contradict each other, or that are not one member's. */
    public Evidence {
        if (!first.voter().equals(second.voter()) || !first.ballot().contradicts(second.ballot())) {
            throw new IllegalArgumentException("no contradiction of one member: " + first + " and " + second);
        }
    }

    /** Who contradicted itself. */
    public PublicKey accused() {
        return first.voter();
    }

    /** Whether the accused signed both. */
    public boolean isProof(SignatureVerifier verifier) {
        return first.isSigned(verifier) && second.isSigned(verifier);
    }

    /** The canonical encoding: both votes. */
    public byte[] encode() {
        Encoder out = new Encoder(320);
        first.encode(out);
        second.encode(out);
        return out.toBytes();
    }

    /** Reads evidence about this chain's votes. */
    public static Evidence decode(Decoder in, Hash chainId) throws RejectedException {
        Vote first = Vote.decode(in, chainId);
        Vote second = Vote.decode(in, chainId);
        try {
            return new Evidence(first, second);
        } catch (IllegalArgumentException e) {
            throw in.malformed("evidence of nothing: " + e.getMessage());
        }
    }
}
