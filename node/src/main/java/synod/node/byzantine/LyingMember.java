package synod.node.byzantine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import synod.chain.codec.Encoder;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.consensus.pbft.NewView;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PreparedCertificate;
import synod.consensus.pbft.SignedBytes;
import synod.consensus.pbft.ViewChange;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;
import synod.p2p.NodeId;

/**
 * A member of PBFT that signs whatever it likes with its own key.
 *
 * @param members all members, in whose order the first half is told one thing and the second another
 */
public record LyingMember(Signer signer, Hash chainId, ValidatorSet members) {
    private static final Signature NONE = Signature.of(new byte[Signature.LENGTH]);

    /** A vote of its own. */
    Vote vote(Ballot.Kind kind, long height, long view, Hash block) {
        return vote(new Ballot(kind, chainId, height, view, block));
    }

    Vote vote(Ballot ballot) {
        return new Vote(ballot, key(), signer.sign(ballot.signedBytes()));
    }

    PublicKey key() {
        return signer.publicKey();
    }

    /** A view change with other content than the engine gave it. */
    ViewChange resign(ViewChange change, long newView, Optional<PreparedCertificate> prepared) {
        ViewChange unsigned = new ViewChange(key(), change.height(), change.parent(), newView, prepared, NONE);
        return new ViewChange(key(), change.height(), change.parent(), newView, prepared, sign(unsigned));
    }

    /** A new view with other proofs than the engine gave it. */
    NewView resign(NewView newView, List<ViewChange> proofs) {
        NewView unsigned = new NewView(key(), newView.height(), newView.view(), proofs, NONE);
        return new NewView(key(), newView.height(), newView.view(), proofs, sign(unsigned));
    }

    /** Signs what stands before the signature at the end of a message. */
    private Signature sign(PbftMessage unsigned) {
        Encoder body = new Encoder(256);
        unsigned.encodeBody(body);
        byte[] bytes = body.toBytes();
        Encoder content = new Encoder(bytes.length).raw(Arrays.copyOf(bytes, bytes.length - Signature.LENGTH));
        return signer.sign(SignedBytes.of(unsigned.kind(), chainId, content));
    }

    /** Whether this peer is among those who are told the truth when two things are told. */
    boolean isFirstHalf(NodeId peer) {
        OptionalInt number = IntStream.range(0, members.size())
                .filter(one -> NodeId.of(members.key(one)).equals(peer))
                .findFirst();
        return number.orElse(0) < members.size() / 2;
    }
}
