package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VrfProofTest {
    private static final byte[] ALPHA = {1, 2, 3};
    private static final VrfKey KEY = VrfKey.of(new byte[32]);

    static List<String[]> rfc9381() {
        return Vectors.read("rfc9381-edwards25519-tai.txt");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] withS(VrfProof proof, BigInteger s) {
        byte[] bytes = proof.bytes();
        System.arraycopy(ReferencePoint.littleEndian(s), 0, bytes, 48, 32);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("rfc9381")
    void provesAndVerifiesAsPublished(
            String secret, String key, String alpha, String h, String u, String v, String proof, String output) {
        VrfKey vrfKey = VrfKey.of(hex(secret));
        assertThat(vrfKey.publicKey()).hasToString(key);
        assertThat(Ecvrf.encodeToCurve(hex(key), hex(alpha)).encode()).isEqualTo(hex(h));
        assertThat(Ecvrf.challenge(hex(key), hex(h), Arrays.copyOf(hex(proof), 32), hex(u), hex(v)))
                .isEqualTo(Arrays.copyOfRange(hex(proof), 32, 48));
        VrfProof made = vrfKey.prove(hex(alpha));
        assertThat(made).hasToString(proof).isEqualTo(VrfProof.of(hex(proof)));
        assertThat(made.output(PublicKey.of(hex(key)), hex(alpha))).contains(hex(output));
        assertThat(made.unverifiedOutput()).isEqualTo(hex(output));
    }

    @Test
    void whateverKeyAndInputTheProofVerifiesUnderThemAlone() {
        Random random = new Random(41);
        for (int i = 0; i < 30; i++) {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            byte[] alpha = new byte[random.nextInt(100)];
            random.nextBytes(alpha);
            VrfKey key = VrfKey.of(seed);
            VrfProof proof = key.prove(alpha);
            assertThat(proof.output(key.publicKey(), alpha)).contains(proof.unverifiedOutput());
            assertThat(proof.output(KEY.publicKey(), alpha)).isEmpty();
            assertThat(proof.output(key.publicKey(), Arrays.copyOf(alpha, alpha.length + 1)))
                    .isEmpty();
            assertThat(proof.unverifiedOutput()).isNotEqualTo(KEY.prove(alpha).unverifiedOutput());
        }
    }

    @Test
    void anyAlteredByteMakesTheProofInvalid() {
        VrfProof proof = KEY.prove(ALPHA);
        for (int i = 0; i < VrfProof.LENGTH; i++) {
            for (int bit = 0; bit < 8; bit += 3) {
                byte[] altered = proof.bytes();
                altered[i] ^= (byte) (1 << bit);
                VrfProof decoded;
                try {
                    decoded = VrfProof.of(altered);
                } catch (IllegalArgumentException malformed) {
                    continue;
                }
                assertThat(decoded.output(KEY.publicKey(), ALPHA)).isEmpty();
            }
        }
    }

    /**
     * The key's holder may pick any nonce, and even a Γ that differs from the honest one by a point of small order if
     * the challenge happens to hide it: the output stays the same.
     */
    @Test
    void allProofsThatTheKeysHolderCanMakeHaveOneOutput() {
        BigInteger secret = ReferencePoint.secretScalar(new byte[32]);
        byte[] y = KEY.publicKey().bytes();
        ReferencePoint h = ReferencePoint.decode(Ecvrf.encodeToCurve(y, ALPHA).encode());
        byte[] output = KEY.prove(ALPHA).unverifiedOutput();
        Random random = new Random(42);
        int valid = 0;
        for (int i = 0; i < 32; i++) {
            BigInteger nonce = new BigInteger(250, random);
            ReferencePoint gamma = h.times(secret).plus(ReferencePoint.torsion(i % 8));
            byte[] c = Ecvrf.challenge(
                    y,
                    h.encode(),
                    gamma.encode(),
                    ReferencePoint.BASE.times(nonce).encode(),
                    h.times(nonce).encode());
            BigInteger s =
                    ReferencePoint.littleEndian(c).multiply(secret).add(nonce).mod(ReferencePoint.L);
            byte[] bytes = new byte[VrfProof.LENGTH];
            System.arraycopy(gamma.encode(), 0, bytes, 0, 32);
            System.arraycopy(c, 0, bytes, 32, 16);
            System.arraycopy(ReferencePoint.littleEndian(s), 0, bytes, 48, 32);
            var verified = VrfProof.of(bytes).output(KEY.publicKey(), ALPHA);
            boolean hidden = i % 8 * (c[0] & 7) % 8 == 0;
            assertThat(verified.isPresent()).isEqualTo(hidden);
            valid += hidden ? 1 : 0;
            verified.ifPresent(value -> assertThat(value).isEqualTo(output));
        }
        assertThat(valid).isGreaterThan(4);
    }

    @Test
    void noOtherGammaVerifies() {
        // The proof of equal logarithms, made for a Γ whose logarithm is another.
        BigInteger secret = ReferencePoint.secretScalar(new byte[32]);
        byte[] y = KEY.publicKey().bytes();
        ReferencePoint h = ReferencePoint.decode(Ecvrf.encodeToCurve(y, ALPHA).encode());
        for (int i = 1; i < 8; i++) {
            BigInteger nonce = BigInteger.valueOf(1000 + i);
            byte[] gamma = h.times(secret.add(BigInteger.valueOf(i))).encode();
            byte[] c = Ecvrf.challenge(
                    y,
                    h.encode(),
                    gamma,
                    ReferencePoint.BASE.times(nonce).encode(),
                    h.times(nonce).encode());
            byte[] bytes = new byte[VrfProof.LENGTH];
            System.arraycopy(gamma, 0, bytes, 0, 32);
            System.arraycopy(c, 0, bytes, 32, 16);
            BigInteger s =
                    ReferencePoint.littleEndian(c).multiply(secret).add(nonce).mod(ReferencePoint.L);
            System.arraycopy(ReferencePoint.littleEndian(s), 0, bytes, 48, 32);
            assertThat(VrfProof.of(bytes).output(KEY.publicKey(), ALPHA)).isEmpty();
        }
    }

    @Test
    void refusesMalformedProofs() {
        VrfProof proof = KEY.prove(ALPHA);
        assertThatIllegalArgumentException().isThrownBy(() -> VrfProof.of(new byte[79]));
        assertThatIllegalArgumentException().isThrownBy(() -> VrfProof.of(new byte[81]));
        BigInteger s = ReferencePoint.littleEndian(Arrays.copyOfRange(proof.bytes(), 48, 80));
        for (BigInteger larger : List.of(s.add(ReferencePoint.L), ReferencePoint.L)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VrfProof.of(withS(proof, larger)))
                    .withMessageContaining("order");
        }
        for (BigInteger y : List.of(BigInteger.TWO, ReferencePoint.P, ReferencePoint.P.add(BigInteger.ONE))) {
            byte[] bytes = proof.bytes();
            System.arraycopy(ReferencePoint.littleEndian(y), 0, bytes, 0, 32);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VrfProof.of(bytes))
                    .withMessageContaining("point");
        }
    }

    @Test
    void underAKeyThatIsNotOfPrimeOrderNothingIsValid() {
        byte[] mixed = ReferencePoint.decode(KEY.publicKey().bytes())
                .plus(ReferencePoint.ORDER_EIGHT)
                .encode();
        assertThat(KEY.prove(ALPHA).output(PublicKey.of(mixed), ALPHA)).isEmpty();
    }

    @Test
    void tellsNothingOfTheSeed() {
        assertThat(KEY.toString()).isEqualTo("VrfKey of " + KEY.publicKey());
        assertThatIllegalArgumentException().isThrownBy(() -> VrfKey.of(new byte[31]));
    }
}
