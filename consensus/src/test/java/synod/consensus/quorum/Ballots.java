package synod.consensus.quorum;

import java.util.List;
import java.util.stream.IntStream;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Members, blocks and votes for the tests of this package. */
final class Ballots {
    static final Hash CHAIN = Sha256.hash(new byte[] {1});
    static final Hash X = Sha256.hash(new byte[] {2});
    static final Hash Y = Sha256.hash(new byte[] {3});

    private Ballots() {}

    static ValidatorSet members(int size) {
        return ValidatorSet.ofEqual(IntStream.range(0, size)
                .mapToObj(i -> HashSigner.named("member " + i).publicKey())
                .toList());
    }

    static Vote vote(HashSigner signer, Ballot.Kind kind, long height, long view, Hash block) {
        Ballot ballot = new Ballot(kind, CHAIN, height, view, block);
        return new Vote(ballot, signer.publicKey(), signer.sign(ballot.signedBytes()));
    }

    static Vote vote(ValidatorSet members, int number, long view, Hash block) {
        return vote(new HashSigner(members.key(number)), Ballot.Kind.COMMIT, 7, view, block);
    }

    static List<Vote> votes(ValidatorSet members, long view, Hash block, int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> vote(members, number, view, block))
                .toList();
    }
}
