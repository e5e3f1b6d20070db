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

/** Asks a member for the body of a block that certificates name and that the sender lacks. */
public record BlockRequest(PublicKey sender, long height, Hash block, Signature signature) implements PbftMessage {
    static BlockRequest sign(Signer signer, Hash chainId, long height, Hash block) {
        PublicKey sender = signer.publicKey();
        return new BlockRequest(sender, height, block, signer.sign(signedBytes(chainId, sender, height, block)));
    }

    private static byte[] signedBytes(Hash chainId, PublicKey sender, long height, Hash block) {
        return SignedBytes.of(Kind.BLOCK_REQUEST, chainId, content(new Encoder(96), sender, height, block));
    }

    private static Encoder content(Encoder out, PublicKey sender, long height, Hash block) {
        return out.raw(sender.bytes()).u64(height).hash(block);
    }

    @Override
    public Kind kind() {
        return Kind.BLOCK_REQUEST;
    }

    @Override
    public void encodeBody(Encoder out) {
        content(out, sender, height, block).raw(signature.bytes());
    }

    static BlockRequest decode(Decoder in) throws RejectedException {
        return new BlockRequest(Vote.publicKey(in), in.u63(), in.hash(), Signature.of(in.raw(Signature.LENGTH)));
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return verifier.verifies(sender, signedBytes(chainId, sender, height, block), signature);
    }
}
