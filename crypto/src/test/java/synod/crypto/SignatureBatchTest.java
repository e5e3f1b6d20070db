package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureBatchTest {
    private static final BigInteger L = ReferencePoint.L;

    private final Random random = new Random(61);

    private SigningKey newKey() {
        byte[] seed = new byte[SigningKey.LENGTH];
        random.nextBytes(seed);
        return SigningKey.of(seed);
    }

    private SignedMessage honest(SigningKey key) {
        byte[] message = new byte[random.nextInt(200)];
        random.nextBytes(message);
        return new SignedMessage(key.publicKey(), message, key.sign(message));
    }

    private List<SignedMessage> honest(int count) {
        List<SignedMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(honest(newKey()));
        }
        return messages;
    }

    /** A signature whose R and whose equation may each be off by a point of small order or by anything else. */
    private SignedMessage crafted(int torsion, BigInteger error) {
        byte[] seed = new byte[SigningKey.LENGTH];
        random.nextBytes(seed);
        SigningKey key = SigningKey.of(seed);
        byte[] message = new byte[20];
        random.nextBytes(message);
        BigInteger nonce = new BigInteger(250, random);
        byte[] r = ReferencePoint.BASE
                .times(nonce)
                .plus(ReferencePoint.torsion(torsion))
                .encode();
        BigInteger k = ReferencePoint.challenge(r, key.publicKey().bytes(), message);
        BigInteger s = k.multiply(ReferencePoint.secretScalar(seed))
                .add(nonce)
                .add(error)
                .mod(L);
        return new SignedMessage(key.publicKey(), message, signature(r, s));
    }

    private static Signature signature(byte[] r, BigInteger s) {
        byte[] bytes = new byte[Signature.LENGTH];
        System.arraycopy(r, 0, bytes, 0, 32);
        System.arraycopy(ReferencePoint.littleEndian(s), 0, bytes, 32, 32);
        return Signature.of(bytes);
    }

    private static BitSet invalidOneByOne(List<SignedMessage> messages) {
        BitSet invalid = new BitSet();
        for (int i = 0; i < messages.size(); i++) {
            invalid.set(i, !messages.get(i).isValid());
        }
        return invalid;
    }

    @Test
    void acceptsHonestBatchesOfEverySize() {
        List<SignedMessage> messages = honest(140);
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 8, 31, 32, 33, 34, 35, 63, 64, 65, 66, 67, 128, 140}) {
            assertThat(SignatureBatch.invalid(messages.subList(0, count)).isEmpty())
                    .isTrue();
        }
    }

    @Test
    void oneSumTellsWhetherAllAreValid() {
        List<SignedMessage> messages = honest(10);
        for (int torsion = 0; torsion < 8; torsion++) {
            messages.add(crafted(torsion, BigInteger.ZERO));
            assertThat(SignatureBatch.areAllValid(messages)).isTrue();
        }
        messages.set(4, crafted(0, BigInteger.ONE));
        assertThat(SignatureBatch.areAllValid(messages)).isFalse();
    }

    @Test
    void acceptsManySignaturesOfFewKeysAndTheSameTwice() {
        List<SigningKey> keys = List.of(newKey(), newKey(), newKey());
        List<SignedMessage> messages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            messages.add(honest(keys.get(i % 3)));
        }
        messages.add(messages.getFirst());
        assertThat(SignatureBatch.invalid(messages).isEmpty()).isTrue();
        messages.set(
                7,
                new SignedMessage(
                        messages.get(7).key(), new byte[1], messages.get(7).signature()));
        assertThat(SignatureBatch.invalid(messages)).isEqualTo(BitSet.valueOf(new long[] {1 << 7}));
    }

    @Test
    void namesEveryCulprit() {
        List<SignedMessage> messages = honest(100);
        BitSet expected = new BitSet();
        for (int culprit : new int[] {0, 17, 63, 64, 99}) {
            SignedMessage good = messages.get(culprit);
            byte[] wrong = good.signature().bytes();
            wrong[random.nextInt(Signature.LENGTH)] ^= (byte) (1 << random.nextInt(8));
            messages.set(culprit, new SignedMessage(good.key(), good.message(), Signature.of(wrong)));
            expected.set(culprit);
            assertThat(SignatureBatch.invalid(messages)).isEqualTo(expected);
        }
    }

    @Test
    void componentsOfSmallOrderMakeNoDifferenceToOneByOne() {
        for (int round = 0; round < 25; round++) {
            List<SignedMessage> messages = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int torsion = random.nextInt(8);
                BigInteger error = random.nextInt(12) == 0 ? BigInteger.ONE : BigInteger.ZERO;
                messages.add(crafted(torsion, error));
                assertThat(messages.getLast().isValid()).isEqualTo(error.signum() == 0);
            }
            assertThat(SignatureBatch.invalid(messages)).isEqualTo(invalidOneByOne(messages));
        }
    }

    @Test
    void errorsThatCancelInAPlainSumDoNotPass() {
        for (int round = 0; round < 10; round++) {
            BigInteger error = new BigInteger(200, random);
            List<SignedMessage> messages =
                    List.of(crafted(0, error), crafted(0, error.negate()), honest(newKey()), honest(newKey()));
            assertThat(SignatureBatch.invalid(messages)).isEqualTo(BitSet.valueOf(new long[] {3}));
        }
    }

    @Test
    void refusesWhatASingleCheckRefusesBeforeTheEquation() {
        byte[] seed = new byte[SigningKey.LENGTH];
        SigningKey key = SigningKey.of(seed);
        SignedMessage good = honest(key);
        byte[] r = good.signature().bytes();
        BigInteger s = ReferencePoint.littleEndian(Arrays.copyOfRange(r, 32, 64));
        byte[] neutral = ReferencePoint.NEUTRAL.encode();
        BigInteger k = ReferencePoint.challenge(neutral, key.publicKey().bytes(), good.message());
        BigInteger sOfNeutral = k.multiply(ReferencePoint.secretScalar(seed)).mod(L);
        byte[] mixedKey = ReferencePoint.decode(key.publicKey().bytes())
                .plus(ReferencePoint.ORDER_EIGHT)
                .encode();
        List<SignedMessage> refused = List.of(
                new SignedMessage(good.key(), good.message(), signature(r, s.add(L))),
                new SignedMessage(
                        good.key(), good.message(), signature(ReferencePoint.littleEndian(BigInteger.TWO), s)),
                new SignedMessage(good.key(), good.message(), signature(neutral, sOfNeutral)),
                new SignedMessage(PublicKey.of(mixedKey), good.message(), good.signature()));
        for (SignedMessage wrong : refused) {
            List<SignedMessage> messages = honest(5);
            messages.set(2, wrong);
            assertThat(SignatureBatch.invalid(messages)).isEqualTo(BitSet.valueOf(new long[] {4}));
        }
    }
}
