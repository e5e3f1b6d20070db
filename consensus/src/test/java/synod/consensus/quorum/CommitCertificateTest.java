package synod.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.crypto.SigningKey;

class CommitCertificateTest {
    private final ValidatorSet members = Ballots.members(4);
    private final BlockHeader header = header(7);

    private static BlockHeader header(long height) {
        HeaderCore core = new HeaderCore(
                Ballots.CHAIN,
                height,
                0,
                1,
                Address.NONE,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                ByteString.EMPTY);
        return new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, 0, 0);
    }

    private CommitCertificate certificate(int... numbers) {
        return CommitCertificate.of(3, members, Ballots.votes(members, 3, header.id(), numbers));
    }

    private static Reason reason(Optional<Rejection> rejection) {
        return rejection.orElseThrow().reason();
    }

    @Test
    void isReadAsItWasWritten() throws RejectedException {
        for (int[] numbers : List.of(new int[] {0, 1, 2}, new int[] {1, 2, 3}, new int[] {0, 1, 2, 3})) {
            CommitCertificate certificate = certificate(numbers);
            assertThat(CommitCertificate.decode(certificate.encode())).isEqualTo(certificate);
        }
    }

    @Test
    void ofAQuorumProvesTheBlock() {
        assertThat(certificate(0, 2, 3).verify(header, HashSigner.VERIFIER)).isEmpty();
        assertThat(certificate(0, 2, 3).checkMembers(members.root())).isEmpty();
    }

    @Test
    void ofFewerIsRefused() {
        assertThat(reason(certificate(0, 2).verify(header, HashSigner.VERIFIER)))
                .isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void ofNobodyIsRefused() {
        CommitCertificate nobody = new CommitCertificate(3, ValidatorSet.EMPTY, new TreeMap<>());
        assertThat(reason(nobody.verify(header, HashSigner.VERIFIER))).isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void doesNotProveAnotherBlock() {
        assertThat(reason(certificate(0, 1, 2).verify(header(8), HashSigner.VERIFIER)))
                .isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void withPreparesForCommitsIsRefused() {
        List<Vote> prepares = IntStream.range(0, 3)
                .mapToObj(number ->
                        Ballots.vote(new HashSigner(members.key(number)), Ballot.Kind.PREPARE, 7, 3, header.id()))
                .toList();
        assertThat(CommitCertificate.of(3, members, prepares).verify(header, HashSigner.VERIFIER))
                .isPresent();
    }

    @Test
    void withOneForgedSignatureIsRefused() {
        List<Vote> votes = new ArrayList<>(Ballots.votes(members, 3, header.id(), 0, 1));
        votes.add(new Vote(
                votes.getFirst().ballot(), members.key(2), votes.getFirst().signature()));
        assertThat(CommitCertificate.of(3, members, votes).verify(header, HashSigner.VERIFIER))
                .isPresent();
    }

    @Test
    void cannotNameASignerTwice() {
        List<Vote> votes = Ballots.votes(members, 3, header.id(), 0, 0, 1);
        assertThat(CommitCertificate.of(3, members, votes).verify(header, HashSigner.VERIFIER))
                .isPresent();
    }

    @Test
    void ofOtherMembersThanTheParentNamesIsRefused() {
        assertThat(reason(certificate(0, 1, 2).checkMembers(Ballots.members(5).root())))
                .isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void isRefusedWithASignerThatIsNoMember() {
        byte[] encoded = certificate(0, 1, 2).encode().bytes();
        encoded[8 + 2 + 4 * 40] |= 0x10;
        assertThatThrownBy(() -> CommitCertificate.decode(ByteString.of(encoded)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("number 4 of 4");
    }

    @Test
    void isRefusedCutShortOrWithBytesTooMany() {
        byte[] encoded = certificate(0, 1, 2).encode().bytes();
        for (int length = 0; length < encoded.length; length++) {
            ByteString cut = ByteString.of(Arrays.copyOf(encoded, length));
            assertThatThrownBy(() -> CommitCertificate.decode(cut)).isInstanceOf(RejectedException.class);
        }
        ByteString longer = ByteString.of(Arrays.copyOf(encoded, encoded.length + 1));
        assertThatThrownBy(() -> CommitCertificate.decode(longer)).isInstanceOf(RejectedException.class);
    }

    @Test
    void ofTheLargestSetTakesLessThanSixteenKibibytes() {
        ValidatorSet many = Ballots.members(ValidatorSet.MAX_SIZE);
        List<Vote> votes = Ballots.votes(
                many,
                3,
                header.id(),
                IntStream.range(0, new Quorum(many.size()).size()).toArray());
        assertThat(CommitCertificate.of(3, many, votes).encode().size()).isLessThan(16 << 10);
    }

    @Test
    void holdsWithRealSignatures() {
        List<SigningKey> keys = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> SigningKey.of(Sha256.hash(new byte[] {(byte) i}).bytes()))
                .toList();
        ValidatorSet real =
                ValidatorSet.ofEqual(keys.stream().map(SigningKey::publicKey).toList());
        Ballot ballot = new Ballot(Ballot.Kind.COMMIT, Ballots.CHAIN, 7, 3, header.id());
        List<Vote> votes = keys.stream()
                .limit(3)
                .map(CommitCertificateTest::signer)
                .map(signer -> new Vote(ballot, signer.publicKey(), signer.sign(ballot.signedBytes())))
                .toList();
        assertThat(CommitCertificate.of(3, real, votes).verify(header, SignatureVerifier.ED25519))
                .isEmpty();
        assertThat(CommitCertificate.of(4, real, votes).verify(header, SignatureVerifier.ED25519))
                .isPresent();
    }

    private static Signer signer(SigningKey key) {
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key.publicKey();
            }

            @Override
            public Signature sign(byte[] message) {
                return key.sign(message);
            }
        };
    }
}
