package synod.chain.stake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SignedMessage;
import synod.crypto.SigningKey;
import synod.crypto.VrfKey;

/** What validators sign and prove, and what of it is evidence. */
class StakeStatementsTest {
    private static final SigningKey KEY = SigningKey.of(new byte[32]);
    private static final Hash CHAIN = hash("chain");

    private static Hash hash(String text) {
        return Sha256.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CheckpointVote vote(long source, long target, String name) {
        return new CheckpointVote(
                new Checkpoint(source, hash("source " + name)), new Checkpoint(target, hash("target " + name)));
    }

    private static StakeEvidence evidence(StakeStatement first, StakeStatement second) {
        return new StakeEvidence(
                KEY.publicKey(),
                first,
                KEY.sign(first.signedBytes(CHAIN)),
                second,
                KEY.sign(second.signedBytes(CHAIN)));
    }

    @Test
    void twoBlocksOfOneSlotAreEvidence() {
        assertThatCode(evidence(new SlotClaim(5, hash("a")), new SlotClaim(5, hash("b")))::check)
                .doesNotThrowAnyException();
    }

    @Test
    void oneBlockTwiceOrTwoSlotsAreNone() {
        assertNoContradiction(evidence(new SlotClaim(5, hash("a")), new SlotClaim(5, hash("a"))));
        assertNoContradiction(evidence(new SlotClaim(5, hash("a")), new SlotClaim(6, hash("b"))));
    }

    @Test
    void twoVotesForOneTargetEpochAreEvidence() {
        assertThatCode(evidence(vote(1, 2, "a"), vote(1, 2, "b"))::check).doesNotThrowAnyException();
        assertThatCode(evidence(vote(0, 2, "a"), vote(1, 2, "a"))::check).doesNotThrowAnyException();
    }

    @Test
    void aVoteThatSpansTheOtherIsEvidenceInEitherOrder() {
        assertThatCode(evidence(vote(1, 5, "a"), vote(2, 4, "b"))::check).doesNotThrowAnyException();
        assertThatCode(evidence(vote(2, 4, "b"), vote(1, 5, "a"))::check).doesNotThrowAnyException();
    }

    @Test
    void votesThatFollowEachOtherOrShareASourceAreNone() {
        assertNoContradiction(evidence(vote(1, 2, "a"), vote(1, 2, "a")));
        assertNoContradiction(evidence(vote(1, 2, "a"), vote(2, 3, "b")));
        assertNoContradiction(evidence(vote(1, 2, "a"), vote(1, 3, "b")));
        assertNoContradiction(evidence(vote(1, 3, "a"), vote(2, 4, "b")));
    }

    private static void assertNoContradiction(StakeEvidence evidence) {
        assertThatThrownBy(evidence::check)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.rejection().reason()).isEqualTo(Reason.BAD_EVIDENCE));
    }

    @Test
    void statementsOfTwoKindsAreNone() {
        assertThat(new SlotClaim(2, hash("a")).contradicts(vote(1, 2, "a"))).isFalse();
        assertThat(vote(1, 2, "a").contradicts(new SlotClaim(2, hash("a")))).isFalse();
        assertThatThrownBy(() -> evidence(new SlotClaim(2, hash("a")), vote(1, 2, "a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void evidenceIsGoodOnItsChainOnlyAndOnlyAsItWasSigned() {
        for (StakeEvidence evidence : new StakeEvidence[] {
            evidence(new SlotClaim(5, hash("a")), new SlotClaim(5, hash("b"))),
            evidence(vote(1, 5, "a"), vote(2, 4, "b"))
        }) {
            assertThat(evidence.signedMessages(CHAIN)).hasSize(2).allMatch(SignedMessage::isValid);
            assertThat(evidence.signedMessages(hash("other"))).noneMatch(SignedMessage::isValid);
        }
        SlotClaim first = new SlotClaim(5, hash("a"));
        StakeEvidence oneSigned = new StakeEvidence(
                KEY.publicKey(),
                first,
                KEY.sign(first.signedBytes(CHAIN)),
                new SlotClaim(5, hash("b")),
                KEY.sign(first.signedBytes(CHAIN)));
        assertThat(oneSigned.signedMessages(CHAIN).stream().filter(SignedMessage::isValid))
                .hasSize(1);
    }

    @Test
    void noSignatureServesForAnotherStatement() {
        assertThat(new SlotClaim(5, hash("a")).signedBytes(CHAIN))
                .startsWith("synod slot claim 1".getBytes(StandardCharsets.US_ASCII));
        assertThat(vote(1, 2, "a").signedBytes(CHAIN))
                .startsWith("synod checkpoint vote 1".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void evidenceIsReadAsItWasWritten() throws RejectedException {
        for (StakeEvidence evidence : new StakeEvidence[] {
            evidence(new SlotClaim(5, hash("a")), new SlotClaim(5, hash("b"))),
            evidence(vote(1, 5, "a"), vote(2, 4, "b"))
        }) {
            Encoder out = new Encoder(400);
            evidence.encode(out);
            Decoder in = new Decoder(out.toBytes());
            assertThat(StakeEvidence.decode(in)).isEqualTo(evidence);
            in.finish();
        }
    }

    @Test
    void refusesALinkThatDoesNotLeadForward() {
        assertThatIllegalArgumentException().isThrownBy(() -> vote(2, 2, "a"));
        Encoder out = new Encoder(80).u64(2).hash(CHAIN).u64(2).hash(CHAIN);
        assertThatThrownBy(() -> CheckpointVote.decode(new Decoder(out.toBytes())))
                .hasMessageContaining("does not lead forward");
    }

    @Test
    void aLeaderProofIsReadAsItWasWritten() throws RejectedException {
        VrfKey key = VrfKey.of(new byte[32]);
        var proof = key.prove(LeaderProof.alpha(CHAIN, 7));
        LeaderProof written = new LeaderProof(
                CHAIN,
                key.publicKey(),
                ByteString.of(proof.bytes()),
                ByteString.of(proof.unverifiedOutput()),
                hash("certificate"));
        assertThat(written.encode().size()).isEqualTo(240).isEqualTo(LeaderProof.BYTES);
        assertThat(LeaderProof.decode(written.encode())).isEqualTo(written);
    }

    @Test
    void refusesAnEngineFieldThatIsNoLeaderProof() {
        byte[] bytes = new byte[LeaderProof.BYTES];
        new Random(1).nextBytes(bytes);
        java.util.Arrays.fill(bytes, 32, 64, (byte) 0xff);
        for (ByteString field : new ByteString[] {
            ByteString.EMPTY, ByteString.of(new byte[239]), ByteString.of(new byte[241]), ByteString.of(bytes)
        }) {
            assertThatThrownBy(() -> LeaderProof.decode(field))
                    .isInstanceOfSatisfying(
                            RejectedException.class,
                            e -> assertThat(e.rejection().reason()).isEqualTo(Reason.BAD_ENGINE_FIELD));
        }
    }
}
