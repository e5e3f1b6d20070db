package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedKeyTest {
    private static final byte[] SECRET = "a secret of any length".getBytes(StandardCharsets.UTF_8);
    private static final char[] PASSWORD = "correct horse".toCharArray();

    private static SealedKey seal(byte[] secret) {
        return SealedKey.seal(secret, PASSWORD, Argon2Cost.DEVELOPMENT, new SecureRandom());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 64, SealedKey.MAX_SECRET_LENGTH})
    void opensWithItsPassword(int length) throws WrongPasswordException {
        byte[] secret = new byte[length];
        assertThat(seal(secret).open(PASSWORD)).isEqualTo(secret);
    }

    @Test
    void opensWithTheStandardCost() throws WrongPasswordException {
        SealedKey sealed = SealedKey.seal(SECRET, PASSWORD, Argon2Cost.STANDARD, new SecureRandom());
        assertThat(sealed.cost()).isEqualTo(new Argon2Cost(65536, 3, 1));
        assertThat(sealed.open(PASSWORD)).isEqualTo(SECRET);
    }

    @Test
    void opensWhenPutTogetherFromItsParts() throws WrongPasswordException {
        SealedKey sealed = seal(SECRET);
        SealedKey copy = new SealedKey(sealed.cost(), sealed.salt(), sealed.nonce(), sealed.ciphertext());
        assertThat(copy).isEqualTo(sealed).hasSameHashCodeAs(sealed);
        assertThat(copy.open(PASSWORD)).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct hors", "Correct horse", "correct horse "})
    void refusesAnotherPassword(String password) {
        assertThatExceptionOfType(WrongPasswordException.class)
                .isThrownBy(() -> seal(SECRET).open(password.toCharArray()))
                .withMessageContaining("password is wrong");
    }

    @Test
    void aPasswordMeansTheSameInEveryUnicodeForm() throws WrongPasswordException {
        SealedKey sealed = SealedKey.seal(SECRET, "\u00e9".toCharArray(), Argon2Cost.DEVELOPMENT, new SecureRandom());
        assertThat(sealed.open("e\u0301".toCharArray())).isEqualTo(SECRET);
    }

    @Test
    void refusesAnyAlteredPart() {
        SealedKey sealed = seal(SECRET);
        assertAltered(new SealedKey(sealed.cost(), flipped(sealed.salt()), sealed.nonce(), sealed.ciphertext()));
        assertAltered(new SealedKey(sealed.cost(), sealed.salt(), flipped(sealed.nonce()), sealed.ciphertext()));
        assertAltered(new SealedKey(sealed.cost(), sealed.salt(), sealed.nonce(), flipped(sealed.ciphertext())));
        assertAltered(new SealedKey(new Argon2Cost(64, 2, 1), sealed.salt(), sealed.nonce(), sealed.ciphertext()));
    }

    private static void assertAltered(SealedKey altered) {
        assertThatExceptionOfType(WrongPasswordException.class).isThrownBy(() -> altered.open(PASSWORD));
    }

    private static byte[] flipped(byte[] bytes) {
        bytes[bytes.length - 1] ^= 1;
        return bytes;
    }

    @Test
    void sealingTwiceSharesNothing() {
        SealedKey first = seal(SECRET);
        SealedKey second = seal(SECRET);
        assertThat(first.salt()).isNotEqualTo(second.salt());
        assertThat(first.nonce()).isNotEqualTo(second.nonce());
        assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext()).hasSize(SECRET.length + 16);
    }

    @Test
    void refusesPartsOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealedKey(Argon2Cost.STANDARD, new byte[15], new byte[12], new byte[16]))
                .withMessageContaining("salt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealedKey(Argon2Cost.STANDARD, new byte[16], new byte[16], new byte[16]))
                .withMessageContaining("nonce");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealedKey(Argon2Cost.STANDARD, new byte[16], new byte[12], new byte[15]))
                .withMessageContaining("ciphertext");
        assertThatIllegalArgumentException().isThrownBy(() -> seal(new byte[SealedKey.MAX_SECRET_LENGTH + 1]));
    }

    @Test
    void printsNoCiphertext() {
        SealedKey sealed = seal(SECRET);
        assertThat(sealed.toString()).doesNotContain(HexFormat.of().formatHex(sealed.ciphertext()));
    }
}
