package synod.consensus.pos;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.CheckpointVote;
import synod.chain.validator.ValidatorSet;
import synod.consensus.SignatureVerifier;
import synod.consensus.quorum.MemberSignatures;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.Signature;

/**
 * Proof that more than two thirds of the stake voted for a link: its target is justified, and if that is the checkpoint of
 * the very next epoch its source is final (Casper FFG, section 2). Whoever has the target's header, which names the set
 * that may vote on it, can check this and needs nothing else. That the source is justified the voters vouch for: an honest
 * one signs no link from another.
 *
 * @param link what they voted for
 * @param validators all who may vote on the target, with their stake
 * @param signatures of those who did, by their numbers
 */
public record JustificationCertificate(
        CheckpointVote link, ValidatorSet validators, SortedMap<Integer, Signature> signatures) {
    /** Copies the map. */
    public JustificationCertificate {
        signatures = new TreeMap<>(signatures);
    }

    /** The certificate that these ballots make, all of them for one link and of validators of this set. */
    public static JustificationCertificate of(
            CheckpointVote link, ValidatorSet validators, Collection<CheckpointBallot> ballots) {
        SortedMap<Integer, Signature> signatures = new TreeMap<>();
        ballots.forEach(
                ballot -> signatures.put(validators.number(ballot.voter()).orElseThrow(), ballot.signature()));
        return new JustificationCertificate(link, validators, signatures);
    }

    /** So much of the total is more than two thirds of it, and nothing less is. */
    public static long quorum(long totalStake) {
        return totalStake - Math.ceilDiv(totalStake, 3) + 1;
    }

    /** The votes that it is made of. */
    List<CheckpointBallot> ballots() {
        return signatures.entrySet().stream()
                .map(entry -> new CheckpointBallot(validators.key(entry.getKey()), link, entry.getValue()))
                .toList();
    }

    /** Whether the link makes its source final. */
    public boolean finalizesSource() {
        return link.target().epoch() == link.source().epoch() + 1;
    }

    /** The link, the validators, {@linkplain MemberSignatures#encode their signatures}. */
    public byte[] encode() {
        Encoder out = new Encoder(96 + validators.size() * 40 + signatures.size() * Signature.LENGTH);
        link.encode(out);
        validators.encode(out);
        MemberSignatures.encode(signatures, validators.size(), out);
        return out.toBytes();
    }

    /** Reads a certificate; whether it proves anything, {@link #verify} says. */
    public static JustificationCertificate decode(Decoder in) throws RejectedException {
        CheckpointVote link = CheckpointVote.decode(in);
        ValidatorSet validators = ValidatorSet.decode(in);
        return new JustificationCertificate(link, validators, MemberSignatures.decode(in, validators.size()));
    }

    /** The digest by which a header commits to it. */
    public Hash digest() {
        return Sha256.hash(encode());
    }

    /** Checks all but whether these are the validators who may vote on the target: their stake and their signatures. */
    public Optional<Rejection> verify(Hash chainId, SignatureVerifier verifier) {
        long stake = 0;
        byte[] signed = link.signedBytes(chainId);
        for (Map.Entry<Integer, Signature> entry : signatures.entrySet()) {
            stake += validators.validators().get(entry.getKey()).weight();
            if (!verifier.verifies(validators.key(entry.getKey()), signed, entry.getValue())) {
                return refuse("the signature of validator " + entry.getKey() + " is not under this link");
            }
        }
        long needed = quorum(validators.totalWeight());
        return validators.size() > 0 && stake >= needed
                ? Optional.empty()
                : refuse("a stake of " + stake + " of " + validators.totalWeight() + " voted, " + needed + " must");
    }

    /** As a piece of durable state. */
    ByteString toByteString() {
        return ByteString.of(encode());
    }

    private static Optional<Rejection> refuse(String detail) {
        return Optional.of(new Rejection(Reason.BAD_SEAL, detail));
    }
}
