package synod.consensus.pbft;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.SignatureVerifier;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/**
 * A member that hears others speak of later heights tells which one is open here, so that they tell it of the blocks in
 * between: messages may have been lost (M. Castro's thesis, MIT 2001, §5.2, has status messages for this).
 */
public record Status(PublicKey sender, long height, Signature signature) implements PbftMessage {
    static Status sign(Signer signer, Hash chainId, long height) {
        PublicKey sender = signer.publicKey();
        return new Status(sender, height, signer.sign(signedBytes(chainId, sender, height)));
    }

    private static byte[] signedBytes(Hash chainId, PublicKey sender, long height) {
        return SignedBytes.of(
                Kind.STATUS, chainId, new Encoder(48).raw(sender.bytes()).u64(height));
    }

    @Override
    public Kind kind() {
        return Kind.STATUS;
    }

    @Override
    public void encodeBody(Encoder out) {
        out.raw(sender.bytes()).u64(height).raw(signature.bytes());
    }

    static Status decode(Decoder in) throws RejectedException {
        return new Status(Vote.publicKey(in), in.u63(), Signature.of(in.raw(Signature.LENGTH)));
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return verifier.verifies(sender, signedBytes(chainId, sender, height), signature);
    }
}
