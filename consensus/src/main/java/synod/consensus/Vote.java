package synod.consensus;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/** A ballot with a member's name and signature; whether the signature is good, {@link #isSigned} says. */
public record Vote(Ballot ballot, PublicKey voter, Signature signature) {
    /** Whether the voter signed this very ballot. */
    public boolean isSigned(SignatureVerifier verifier) {
        return verifier.verifies(voter, ballot.signedBytes(), signature);
    }

    /** Appends the canonical encoding. The chain id is left out: it is the reader's own. */
    public Encoder encode(Encoder out) {
        return out.u8(ballot.kind().ordinal())
                .u64(ballot.height())
                .u64(ballot.view())
                .hash(ballot.block())
                .raw(voter.bytes())
                .raw(signature.bytes());
    }

    /** Reads a vote of this chain. */
    public static Vote decode(Decoder in, Hash chainId) throws RejectedException {
        Ballot ballot = new Ballot(Ballot.Kind.decode(in), chainId, in.u63(), in.u63(), in.hash());
        return new Vote(ballot, publicKey(in), Signature.of(in.raw(Signature.LENGTH)));
    }

    /** Reads a public key, refusing bytes that no key has. */
    public static PublicKey publicKey(Decoder in) throws RejectedException {
        byte[] bytes = in.raw(PublicKey.LENGTH);
        try {
            return PublicKey.of(bytes);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a key that cannot be: " + e.getMessage());
        }
    }
}
