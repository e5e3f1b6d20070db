package synod.consensus.pbft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/**
 * Proof that a block was prepared in a view: the primary's pre-prepare, without the block, and matching prepares of so
 * many backups that a quorum vouches for it (OSDI §4.2, the predicate <i>prepared</i>). No two blocks have one for the
 * same height and view.
 *
 * @param prePrepare the primary's vote
 * @param prepares the backups' votes in the order of their keys
 */
public record PreparedCertificate(Vote prePrepare, List<Vote> prepares) {
    private static final int ENCODED_PREPARE = PublicKey.LENGTH + Signature.LENGTH;

    /** Sorts the prepares. */
    public PreparedCertificate {
        prepares = prepares.stream().sorted(Comparator.comparing(Vote::voter)).toList();
    }

    /** The view in which the block was prepared. */
    public long view() {
        return prePrepare.ballot().view();
    }

    /** The height of the block. */
    public long height() {
        return prePrepare.ballot().height();
    }

    /** What was prepared. */
    public Hash block() {
        return prePrepare.ballot().block();
    }

    /** Whether those who vouch are the primary and enough other members, each once. Signatures are checked elsewhere. */
    public boolean isQuorumOf(OpenHeight open) {
        PublicKey primary = open.primary(view());
        long backups = prepares.stream()
                .map(Vote::voter)
                .filter(voter -> open.members().contains(voter) && !voter.equals(primary))
                .distinct()
                .count();
        return prePrepare.voter().equals(primary)
                && backups == prepares.size()
                && backups >= open.quorum().size() - 1;
    }

    void encode(Encoder out) {
        prePrepare.encode(out).u8(prepares.size());
        prepares.forEach(prepare ->
                out.raw(prepare.voter().bytes()).raw(prepare.signature().bytes()));
    }

    static PreparedCertificate decode(Decoder in, Hash chainId) throws RejectedException {
        Vote prePrepare = Vote.decode(in, chainId);
        if (prePrepare.ballot().kind() != Ballot.Kind.PRE_PREPARE) {
            throw in.malformed("a prepared certificate without a pre-prepare");
        }
        int count = in.u8();
        if (count > ValidatorSet.MAX_SIZE || count * ENCODED_PREPARE > in.remaining()) {
            throw in.malformed("a prepared certificate with " + count + " prepares");
        }
        Ballot ballot = new Ballot(
                Ballot.Kind.PREPARE,
                chainId,
                prePrepare.ballot().height(),
                prePrepare.ballot().view(),
                prePrepare.ballot().block());
        List<Vote> prepares = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Vote prepare = new Vote(ballot, Vote.publicKey(in), Signature.of(in.raw(Signature.LENGTH)));
            if (i > 0 && prepares.get(i - 1).voter().compareTo(prepare.voter()) >= 0) {
                throw in.malformed("prepares out of order, or one member's twice");
            }
            prepares.add(prepare);
        }
        return new PreparedCertificate(prePrepare, prepares);
    }

    boolean isSigned(SignatureVerifier verifier) {
        return prePrepare.isSigned(verifier) && prepares.stream().allMatch(prepare -> prepare.isSigned(verifier));
    }

    /** Reads one or none. */
    static Optional<PreparedCertificate> decodeOptional(Decoder in, Hash chainId) throws RejectedException {
        return switch (in.u8()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(decode(in, chainId));
            default -> throw in.malformed("neither a certificate nor none");
        };
    }
}
