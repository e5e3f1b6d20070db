package synod.consensus.pbft;

import java.util.Optional;
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
 * A member's wish for the next primary, and its promise to vote in no view before the new one at this height (OSDI §4.4).
 *
 * <p>The paper's checkpoint is here the parent, whose seal every member at this height has checked. Of sets P<sub>m</sub>
 * of prepared requests one remains, for one height is open.
 *
 * @param parent the id of the head that this height follows
 * @param prepared what the sender prepared at this height, in the highest view in which it did
 */
public record ViewChange(
        PublicKey sender,
        long height,
        Hash parent,
        long newView,
        Optional<PreparedCertificate> prepared,
        Signature signature)
        implements PbftMessage {
    static final int MIN_BYTES = PublicKey.LENGTH + 2 * Long.BYTES + Hash.LENGTH + 1 + Signature.LENGTH;

    static ViewChange sign(Signer signer, OpenHeight open, long newView, Optional<PreparedCertificate> prepared) {
        PublicKey sender = signer.publicKey();
        Hash parent = open.parent().id();
        byte[] signed = signedBytes(open.chainId(), sender, open.height(), parent, newView, prepared);
        return new ViewChange(sender, open.height(), parent, newView, prepared, signer.sign(signed));
    }

    /** Whether a member of this height may say this, whatever others said. Signatures are checked elsewhere. */
    boolean isValidAt(OpenHeight open) {
        return height == open.height()
                && parent.equals(open.parent().id())
                && newView > open.firstView()
                && open.members().contains(sender)
                && prepared.stream()
                        .allMatch(certificate -> certificate.height() == height
                                && certificate.view() < newView
                                && certificate.isQuorumOf(open));
    }

    private static byte[] signedBytes(
            Hash chainId,
            PublicKey sender,
            long height,
            Hash parent,
            long newView,
            Optional<PreparedCertificate> prepared) {
        return SignedBytes.of(
                Kind.VIEW_CHANGE, chainId, content(new Encoder(256), sender, height, parent, newView, prepared));
    }

    private static Encoder content(
            Encoder out,
            PublicKey sender,
            long height,
            Hash parent,
            long newView,
            Optional<PreparedCertificate> prepared) {
        out.raw(sender.bytes()).u64(height).hash(parent).u64(newView).u8(prepared.isPresent() ? 1 : 0);
        prepared.ifPresent(certificate -> certificate.encode(out));
        return out;
    }

    @Override
    public Kind kind() {
        return Kind.VIEW_CHANGE;
    }

    @Override
    public void encodeBody(Encoder out) {
        content(out, sender, height, parent, newView, prepared).raw(signature.bytes());
    }

    static ViewChange decode(Decoder in, Hash chainId) throws RejectedException {
        return new ViewChange(
                Vote.publicKey(in),
                in.u63(),
                in.hash(),
                in.u63(),
                PreparedCertificate.decodeOptional(in, chainId),
                Signature.of(in.raw(Signature.LENGTH)));
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return verifier.verifies(sender, signedBytes(chainId, sender, height, parent, newView, prepared), signature)
                && prepared.stream().allMatch(certificate -> certificate.isSigned(verifier));
    }
}
