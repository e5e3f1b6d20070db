package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.stake.CheckpointVote;
import synod.chain.tree.BlockNode;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Signature;

class JustificationCertificateTest {
    private final StakeChain chain = new StakeChain(40, 20, 20, 20);
    private final BlockNode target = chain.add(chain.root(), 3, 0);
    private final CheckpointVote link = chain.link(0, chain.root(), 1, target);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 99, 100, 101, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void theQuorumIsTheLeastThatIsMoreThanTwoThirds(long total) {
        BigInteger quorum = BigInteger.valueOf(JustificationCertificate.quorum(total));
        BigInteger two = BigInteger.valueOf(total).multiply(BigInteger.TWO);
        BigInteger three = BigInteger.valueOf(3);
        assertThat(quorum.multiply(three)).isGreaterThan(two);
        assertThat(quorum.subtract(BigInteger.ONE).multiply(three)).isLessThanOrEqualTo(two);
    }

    @Test
    void countsStakeAndNotValidators() {
        assertThat(chain.certificate(link, 0, 1, 2).verify(chain.genesis.id(), HashSigner.VERIFIER))
                .isEmpty();
        assertThat(chain.certificate(link, 1, 2, 3).verify(chain.genesis.id(), HashSigner.VERIFIER))
                .hasValueSatisfying(fault -> assertThat(fault.detail()).contains("must"));
    }

    @Test
    void refusesASignatureUnderAnotherLinkOrOfAnotherValidator() {
        JustificationCertificate good = chain.certificate(link, 0, 1, 2);
        CheckpointVote other = chain.link(0, chain.root(), 2, target);
        TreeMap<Integer, Signature> mixed = new TreeMap<>(good.signatures());
        mixed.put(2, chain.ballot(2, other).signature());
        assertThat(new JustificationCertificate(link, chain.validators(), mixed)
                        .verify(chain.genesis.id(), HashSigner.VERIFIER))
                .isPresent();
        mixed.put(2, chain.ballot(1, link).signature());
        assertThat(new JustificationCertificate(link, chain.validators(), mixed)
                        .verify(chain.genesis.id(), HashSigner.VERIFIER))
                .isPresent();
    }

    @Test
    void readsWhatItWrites() throws RejectedException {
        JustificationCertificate written = chain.certificate(link, 0, 2, 3);
        Decoder in = new Decoder(written.encode());
        assertThat(JustificationCertificate.decode(in)).isEqualTo(written);
        in.finish();
    }

    @Test
    void onlyALinkToTheNextEpochMakesItsSourceFinal() {
        assertThat(chain.certificate(link, 0).finalizesSource()).isTrue();
        assertThat(chain.certificate(chain.link(0, chain.root(), 2, target), 0).finalizesSource())
                .isFalse();
    }

    @Test
    void aBallotReadsBackAndNothingElseDoes() throws RejectedException {
        CheckpointBallot ballot = chain.ballot(1, link);
        assertThat(CheckpointBallot.decode(ballot.encode())).isEqualTo(ballot);
        byte[] unknown = ballot.encode();
        unknown[0] = 1;
        assertThatThrownBy(() -> CheckpointBallot.decode(unknown)).isInstanceOf(RejectedException.class);
        assertThat(chain.consensus.verifyMessage(ballot.encode()).value()).isEqualTo(ballot);
        byte[] forged = ballot.encode();
        forged[forged.length - 1] ^= 1;
        assertThatThrownBy(() -> chain.consensus.verifyMessage(forged)).isInstanceOf(RejectedException.class);
    }
}
