package synod.consensus.pbft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.validator.ValidatorSet;
import synod.consensus.SignatureVerifier;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/**
 * The new primary's proof that its view may begin: the view changes of a quorum (OSDI §4.4). The set O of the paper is one
 * pre-prepare here and follows by itself; what it must be, {@link #choice} computes from the view changes alone.
 *
 * @param viewChanges in the order of their senders' keys
 */
public record NewView(PublicKey sender, long height, long view, List<ViewChange> viewChanges, Signature signature)
        implements PbftMessage {
    /** Sorts the view changes. */
    public NewView {
        viewChanges = viewChanges.stream()
                .sorted(Comparator.comparing(ViewChange::sender))
                .toList();
    }

    static NewView sign(Signer signer, OpenHeight open, long view, List<ViewChange> viewChanges) {
        NewView unsigned =
                new NewView(signer.publicKey(), open.height(), view, viewChanges, Signature.of(new byte[64]));
        return new NewView(
                unsigned.sender,
                unsigned.height,
                view,
                unsigned.viewChanges,
                signer.sign(unsigned.signedBytes(open.chainId())));
    }

    /** Whether this view may begin at this height. Signatures are checked elsewhere. */
    boolean isValidAt(OpenHeight open) {
        long senders = viewChanges.stream().map(ViewChange::sender).distinct().count();
        return height == open.height()
                && sender.equals(open.primary(view))
                && senders == viewChanges.size()
                && senders >= open.quorum().size()
                && viewChanges.stream().allMatch(change -> change.newView() == view && change.isValidAt(open));
    }

    /**
     * What the primary must propose: of all that was prepared, what was prepared in the highest view. If nothing was, it is
     * free, for then nothing can have been committed (OSDI §4.4, the computation of O).
     */
    Optional<PreparedCertificate> choice() {
        return viewChanges.stream()
                .flatMap(change -> change.prepared().stream())
                .max(Comparator.comparingLong(PreparedCertificate::view));
    }

    private byte[] signedBytes(Hash chainId) {
        return SignedBytes.of(Kind.NEW_VIEW, chainId, content(new Encoder(1024)));
    }

    private Encoder content(Encoder out) {
        out.raw(sender.bytes()).u64(height).u64(view).u16(viewChanges.size());
        viewChanges.forEach(change -> change.encodeBody(out));
        return out;
    }

    @Override
    public Kind kind() {
        return Kind.NEW_VIEW;
    }

    @Override
    public void encodeBody(Encoder out) {
        content(out).raw(signature.bytes());
    }

    static NewView decode(Decoder in, Hash chainId) throws RejectedException {
        PublicKey sender = Vote.publicKey(in);
        long height = in.u63();
        long view = in.u63();
        int count = in.u16();
        if (count > ValidatorSet.MAX_SIZE || count * ViewChange.MIN_BYTES > in.remaining()) {
            throw in.malformed("a new view with " + count + " view changes");
        }
        List<ViewChange> viewChanges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ViewChange change = ViewChange.decode(in, chainId);
            if (i > 0 && viewChanges.get(i - 1).sender().compareTo(change.sender()) >= 0) {
                throw in.malformed("view changes out of order, or one member's twice");
            }
            viewChanges.add(change);
        }
        return new NewView(sender, height, view, viewChanges, Signature.of(in.raw(Signature.LENGTH)));
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return verifier.verifies(sender, signedBytes(chainId), signature)
                && viewChanges.stream().allMatch(change -> change.isSigned(verifier, chainId));
    }
}
