package synod.consensus.quorum;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.Signature;

/**
 * A block's seal: the commit votes of a quorum. It can be checked by who has the parent's header and nothing else, for it
 * holds the members, and the parent's header names their root.
 *
 * @param view the view in which the block was decided
 * @param members all who may vote on the block
 * @param signatures of those who did, by their numbers
 */
public record CommitCertificate(long view, ValidatorSet members, SortedMap<Integer, Signature> signatures) {
    /** Copies the map. */
    public CommitCertificate {
        signatures = new TreeMap<>(signatures);
    }

    /** The certificate that these commit votes make, all of them for one block in one view. */
    public static CommitCertificate of(long view, ValidatorSet members, Collection<Vote> commits) {
        SortedMap<Integer, Signature> signatures = new TreeMap<>();
        commits.forEach(commit -> signatures.put(members.number(commit.voter()).orElseThrow(), commit.signature()));
        return new CommitCertificate(view, members, signatures);
    }

    /** u64 view, the members, {@linkplain MemberSignatures#encode their signatures}. */
    public ByteString encode() {
        Encoder out = new Encoder(64 + members.size() * 40 + signatures.size() * Signature.LENGTH).u64(view);
        members.encode(out);
        MemberSignatures.encode(signatures, members.size(), out);
        return ByteString.of(out.toBytes());
    }

    /** Reads a seal. */
    public static CommitCertificate decode(ByteString seal) throws RejectedException {
        Decoder in = new Decoder(seal.bytes());
        long view = in.u63();
        ValidatorSet members = ValidatorSet.decode(in);
        SortedMap<Integer, Signature> signatures = MemberSignatures.decode(in, members.size());
        in.finish();
        return new CommitCertificate(view, members, signatures);
    }

    /** Checks all but whether these are the members who may decide the block: their number and their signatures. */
    public Optional<Rejection> verify(BlockHeader header, SignatureVerifier verifier) {
        if (members.size() == 0) {
            return refuse("a certificate of no members");
        }
        int needed = new Quorum(members.size()).size();
        if (signatures.size() < needed) {
            return refuse(signatures.size() + " of " + members.size() + " members committed, " + needed + " must");
        }
        byte[] signed = new Ballot(Ballot.Kind.COMMIT, header.core().chainId(), header.height(), view, header.id())
                .signedBytes();
        for (Map.Entry<Integer, Signature> entry : signatures.entrySet()) {
            if (!verifier.verifies(members.key(entry.getKey()), signed, entry.getValue())) {
                return refuse("the signature of member " + entry.getKey() + " is not under this block");
            }
        }
        return Optional.empty();
    }

    /** Whether the parent's header names these members. */
    public Optional<Rejection> checkMembers(Hash validatorsRoot) {
        return members.root().equals(validatorsRoot)
                ? Optional.empty()
                : refuse("its members' root is " + members.root() + ", and the parent names " + validatorsRoot);
    }

    private static Optional<Rejection> refuse(String detail) {
        return Optional.of(new Rejection(Reason.BAD_SEAL, detail));
    }
}
