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

class PublicKeyTest {
    private static final BigInteger SECRET = new BigInteger(250, new Random(1));
    private static final ReferencePoint A = ReferencePoint.BASE.times(SECRET);
    private static final BigInteger NONCE = new BigInteger(250, new Random(2));
    private static final ReferencePoint R = ReferencePoint.BASE.times(NONCE);

    static List<String[]> rfc8032() {
        return Vectors.read("rfc8032-ed25519.txt");
    }

    static List<String[]> speccheck() {
        return Vectors.read("ed25519-speccheck.txt");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A signature made with the secret scalar, for any R and with the encodings that are hashed left to the caller. */
    private static Signature signature(byte[] r, byte[] a, byte[] message) {
        BigInteger k = ReferencePoint.challenge(r, a, message);
        return signature(r, NONCE.add(k.multiply(SECRET)).mod(ReferencePoint.L));
    }

    private static Signature signature(byte[] r, BigInteger s) {
        byte[] bytes = new byte[Signature.LENGTH];
        System.arraycopy(r, 0, bytes, 0, 32);
        System.arraycopy(ReferencePoint.littleEndian(s), 0, bytes, 32, 32);
        return Signature.of(bytes);
    }

    @ParameterizedTest
    @MethodSource("rfc8032")
    void signsAndVerifiesAsPublished(String secret, String publicKey, String message, String signature) {
        SigningKey key = SigningKey.of(hex(secret));
        assertThat(key.publicKey()).hasToString(publicKey);
        assertThat(key.sign(hex(message))).hasToString(signature);
        assertThat(PublicKey.of(hex(publicKey)).verifies(hex(message), Signature.of(hex(signature))))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("rfc8032")
    void refusesAnyFlippedBit(String secret, String publicKey, String message, String signature) {
        SigningKey key = SigningKey.of(hex(secret));
        byte[] text = hex(message);
        Signature good = Signature.of(hex(signature));
        for (int bit = 0; bit < 8 * Signature.LENGTH; bit += 7) {
            byte[] wrong = good.bytes();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.publicKey().verifies(text, Signature.of(wrong))).isFalse();
        }
        byte[] longer = Arrays.copyOf(text, text.length + 1);
        assertThat(key.publicKey().verifies(longer, good)).isFalse();
        assertThat(SigningKey.of(new byte[32]).publicKey().verifies(text, good)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("speccheck")
    void refusesEveryEdgeCaseOnWhichLibrariesDiffer(String key, String message, String signature, String edge) {
        PublicKey decoded;
        try {
            decoded = PublicKey.of(hex(key));
        } catch (IllegalArgumentException refusedAtOnce) {
            assertThat(edge).startsWith("A");
            assertThat(refusedAtOnce).hasMessageContaining(key);
            return;
        }
        assertThat(decoded.verifies(hex(message), Signature.of(hex(signature))))
                .as(edge)
                .isFalse();
    }

    @Test
    void acceptsWhatTheConstructionsBelowMakeOfHonestPoints() {
        PublicKey key = PublicKey.of(A.encode()).requirePrimeOrder();
        byte[] message = {1, 2, 3};
        assertThat(key.verifies(message, signature(R.encode(), A.encode(), message)))
                .isTrue();
    }

    @Test
    void acceptsAnRWithAComponentOfSmallOrderAsTheCofactoredEquationDoes() {
        PublicKey key = PublicKey.of(A.encode());
        for (int multiple = 1; multiple < 8; multiple++) {
            byte[] r = R.plus(ReferencePoint.torsion(multiple)).encode();
            for (int i = 0; i < 16; i++) {
                byte[] message = {(byte) i};
                assertThat(key.verifies(message, signature(r, A.encode(), message)))
                        .isTrue();
                assertThat(key.verifies(new byte[] {(byte) i, 0}, signature(r, A.encode(), message)))
                        .isFalse();
            }
        }
    }

    @Test
    void refusesAnRThatIsNoPointOrNotCanonical() {
        PublicKey key = PublicKey.of(A.encode());
        byte[] message = {9};
        byte[] off = ReferencePoint.littleEndian(BigInteger.TWO);
        assertThat(key.verifies(message, signature(off, A.encode(), message))).isFalse();
        for (int above = 0; above < 19; above++) {
            byte[] r = ReferencePoint.littleEndian(ReferencePoint.P.add(BigInteger.valueOf(above)));
            assertThat(key.verifies(message, signature(r, A.encode(), message))).isFalse();
        }
    }

    @Test
    void refusesKeysWithAComponentOfSmallOrderEvenWhereTheEquationHolds() {
        for (int multiple = 1; multiple < 8; multiple++) {
            byte[] mixed = A.plus(ReferencePoint.torsion(multiple)).encode();
            PublicKey key = PublicKey.of(mixed);
            assertThatIllegalArgumentException()
                    .isThrownBy(key::requirePrimeOrder)
                    .withMessageContaining("prime order");
            // Some challenges are multiples of eight, which hide the component from the equation.
            int hidden = 0;
            for (int i = 0; i < 32; i++) {
                byte[] message = {(byte) i};
                BigInteger k = ReferencePoint.challenge(R.encode(), mixed, message);
                hidden += k.mod(BigInteger.valueOf(8)).signum() == 0 ? 1 : 0;
                assertThat(key.verifies(message, signature(R.encode(), mixed, message)))
                        .isFalse();
            }
            assertThat(hidden).isPositive();
        }
    }

    @Test
    void refusesAnROfSmallOrderInEveryEncoding() {
        for (int multiple = 0; multiple < 8; multiple++) {
            byte[] r = ReferencePoint.torsion(multiple).encode();
            byte[] otherSign = r.clone();
            otherSign[31] ^= (byte) 0x80;
            for (byte[] small : List.of(r, otherSign)) {
                byte[] message = {7};
                BigInteger k = ReferencePoint.challenge(small, A.encode(), message);
                Signature signature = signature(small, k.multiply(SECRET).mod(ReferencePoint.L));
                assertThat(PublicKey.of(A.encode()).verifies(message, signature))
                        .isFalse();
            }
        }
    }

    @Test
    void refusesAnSThatIsNotReduced() {
        PublicKey key = PublicKey.of(A.encode());
        byte[] message = {8};
        byte[] r = R.encode();
        BigInteger s = NONCE.add(
                        ReferencePoint.challenge(r, A.encode(), message).multiply(SECRET))
                .mod(ReferencePoint.L);
        assertThat(key.verifies(message, signature(r, s))).isTrue();
        for (int i = 1; i < 15; i++) {
            BigInteger larger = s.add(ReferencePoint.L.multiply(BigInteger.valueOf(i)));
            assertThat(key.verifies(message, signature(r, larger))).isFalse();
        }
    }

    @Test
    void refusesKeysOfSmallOrderInEveryEncoding() {
        for (int multiple = 0; multiple < 8; multiple++) {
            byte[] small = ReferencePoint.torsion(multiple).encode();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PublicKey.of(small))
                    .withMessageContaining("small order");
            byte[] otherSign = small.clone();
            otherSign[31] ^= (byte) 0x80;
            assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(otherSign));
        }
    }

    @Test
    void refusesEncodingsOfNumbersFromTheFieldPrimeUpwards() {
        for (int above = 0; above < 19; above++) {
            BigInteger y = ReferencePoint.P.add(BigInteger.valueOf(above));
            for (BigInteger encoded : List.of(y, y.setBit(255))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> PublicKey.of(ReferencePoint.littleEndian(encoded)))
                        .withMessageContaining("canonical");
            }
        }
    }

    @Test
    void underAKeyThatIsNoPointNothingIsValid() {
        byte[] off = ReferencePoint.littleEndian(BigInteger.TWO);
        PublicKey key = PublicKey.of(off);
        assertThatIllegalArgumentException().isThrownBy(key::requirePrimeOrder);
        assertThat(key.verifies(new byte[1], signature(R.encode(), off, new byte[1])))
                .isFalse();
    }

    @Test
    void refusesOtherLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> Signature.of(new byte[63]));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(new byte[33]));
    }

    @Test
    void isAValueThatNobodyCanChange() {
        byte[] bytes = A.encode();
        PublicKey key = PublicKey.of(bytes);
        bytes[0] ^= 1;
        key.bytes()[1] ^= 1;
        assertThat(key).isEqualTo(PublicKey.of(A.encode())).hasSameHashCodeAs(PublicKey.of(A.encode()));
        assertThat(key.compareTo(SigningKey.of(new byte[32]).publicKey())).isNotZero();
    }
}
