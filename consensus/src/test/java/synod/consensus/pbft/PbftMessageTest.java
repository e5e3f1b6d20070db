package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.consensus.Vote;
import synod.consensus.quorum.HashSigner;

class PbftMessageTest {
    private static final TestChain CHAIN = new TestChain(4);
    private static final Block X = CHAIN.block(CHAIN.genesis, "x");

    static List<PbftMessage> oneOfEachKind() {
        return List.of(
                CHAIN.prePrepare(0, X),
                CHAIN.prepare(1, 0, X),
                CHAIN.commit(2, 0, X),
                CHAIN.viewChange(3, CHAIN.genesis, 2, Optional.of(CHAIN.prepared(1, X, 0, 2))),
                CHAIN.newView(
                        CHAIN.genesis,
                        1,
                        CHAIN.viewChange(0, CHAIN.genesis, 1),
                        CHAIN.viewChange(1, CHAIN.genesis, 1, Optional.of(CHAIN.prepared(0, X, 1, 2))),
                        CHAIN.viewChange(2, CHAIN.genesis, 1)),
                BlockRequest.sign(CHAIN.signers.get(1), CHAIN.genesis.id(), 1, X.id()),
                new BlockReply(X),
                Status.sign(CHAIN.signers.get(1), CHAIN.genesis.id(), 1));
    }

    @Test
    void everyKindIsTested() {
        assertThat(oneOfEachKind().stream().map(PbftMessage::kind)).containsExactly(PbftMessage.Kind.values());
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void isReadAsItWasWritten(PbftMessage message) throws RejectedException {
        assertThat(CHAIN.consensus.verifyMessage(message.encode()).value()).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void isRefusedCutShortOrWithBytesTooMany(PbftMessage message) {
        byte[] encoded = message.encode();
        for (int length = 0; length <= encoded.length + 1; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            if (length != encoded.length) {
                assertThatThrownBy(() -> CHAIN.consensus.verifyMessage(cut)).isInstanceOf(RejectedException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void isRefusedWithAnyBitChanged(PbftMessage message) {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] changed = message.encode();
            int bit = random.nextInt(changed.length * 8);
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean unsigned = message instanceof BlockReply;
            try {
                PbftMessage read =
                        (PbftMessage) CHAIN.consensus.verifyMessage(changed).value();
                // an unsigned body is another block, which nobody asked for
                assertThat(unsigned).isTrue();
                assertThat(read).isNotEqualTo(message);
            } catch (RejectedException e) {
                assertThat(e.rejection().detail()).isNotBlank();
            }
        }
    }

    @Test
    void isRefusedOnAnotherChain() {
        Block other = new TestChain(5).genesis;
        PbftConsensus elsewhere = new PbftConsensus(TestChain.PARAMETERS, other.id(), HashSigner.VERIFIER);
        for (PbftMessage message : oneOfEachKind()) {
            if (!(message instanceof BlockReply)) {
                assertThatThrownBy(() -> elsewhere.verifyMessage(message.encode()))
                        .isInstanceOf(RejectedException.class)
                        .hasMessageContaining("signature");
            }
        }
    }

    @Test
    void aForgedCertificateInAViewChangeIsRefused() {
        PreparedCertificate good = CHAIN.prepared(0, X, 1, 2);
        PreparedCertificate forged = new PreparedCertificate(
                good.prePrepare(),
                List.of(
                        good.prepares().getFirst(),
                        new Vote(
                                good.prepares().getLast().ballot(),
                                CHAIN.members.key(3),
                                good.prepares().getLast().signature())));
        byte[] encoded =
                CHAIN.viewChange(1, CHAIN.genesis, 1, Optional.of(forged)).encode();
        assertThatThrownBy(() -> CHAIN.consensus.verifyMessage(encoded)).isInstanceOf(RejectedException.class);
    }
}
