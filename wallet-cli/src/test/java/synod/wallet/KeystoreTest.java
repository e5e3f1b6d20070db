package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import synod.crypto.Argon2Cost;
import synod.crypto.SigningKey;
import synod.crypto.WrongPasswordException;

class KeystoreTest {
    private static final SigningKey KEY = SigningKey.of(new byte[32]);
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final Keystore KEYSTORE =
            Keystore.seal(KEY, WalletCreation.PATH, PASSWORD, Argon2Cost.DEVELOPMENT, new SecureRandom());

    @Test
    void comesBackFromItsTextAndOpens() throws WrongPasswordException {
        Keystore read = Keystore.of(Json.parseObject(KEYSTORE.json().toString()));

        assertThat(read).isEqualTo(KEYSTORE);
        assertThat(read.open(PASSWORD).seed()).isEqualTo(KEY.seed());
    }

    @Test
    void doesNotShowTheKey() {
        assertThat(KEYSTORE.json().toString())
                .doesNotContain(java.util.HexFormat.of().formatHex(KEY.seed()));
    }

    @Test
    void staysShutForAnotherPassword() {
        assertThatThrownBy(() -> KEYSTORE.open("correct house".toCharArray()))
                .isInstanceOf(WrongPasswordException.class);
    }

    @Test
    void noticesAPublicKeyThatWasExchanged() {
        SigningKey other = SigningKey.generate(new SecureRandom());
        Keystore altered = new Keystore(other.publicKey(), KEYSTORE.path(), KEYSTORE.sealed());

        assertThatThrownBy(() -> altered.open(PASSWORD))
                .isInstanceOf(JsonShapeException.class)
                .hasMessageContaining("does not belong to field 'publicKey'");
    }

    @ParameterizedTest
    @MethodSource("damages")
    void refusesWhatItDidNotWrite(UnaryOperator<String> damage, String sentence) {
        String text = KEYSTORE.json().toString();
        String damaged = damage.apply(text);
        assertThat(damaged).isNotEqualTo(text);

        assertThatThrownBy(() -> Keystore.of(Json.parseObject(damaged)))
                .isInstanceOf(JsonShapeException.class)
                .hasMessageContaining(sentence);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(text -> text.replace("\"version\":1", "\"version\":2"), "format version 2"),
                damage(text -> text.replace("synod-keystore", "other-keystore"), "'other-keystore'"),
                damage(text -> text.replace("\"scheme\":\"ed25519\"", "\"scheme\":\"rsa\""), "'rsa'"),
                damage(text -> text.replace("argon2id", "scrypt"), "'scrypt'"),
                damage(text -> text.replace("aes-256-gcm", "rot13"), "'rot13'"),
                damage(text -> text.replace("\"path\"", "\"way\""), "'way' is not known"),
                damage(text -> text.replace("\"salt\":\"", "\"salt\":\"zz"), ""),
                damage(text -> text.replace("\"salt\":\"", "\"salt\":\"00"), "salt"),
                damage(text -> text.replace("\"memoryKiB\":64", "\"memoryKiB\":4294967360"), "overflow"),
                damage(text -> text.replace("\"iterations\":1", "\"iterations\":1000000"), "iterations"),
                damage(text -> text.replace("m/44'", "m/44"), "hardened"),
                damage(text -> text.replace("\"publicKey\":\"", "\"publicKey\":\"00"), "public key"),
                damage(text -> text.substring(0, text.length() / 2), "no JSON"));
    }

    private static Arguments damage(UnaryOperator<String> damage, String sentence) {
        return Arguments.of(damage, sentence);
    }
}
