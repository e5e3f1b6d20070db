package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Bech32mTest {
    static List<String[]> valid() {
        return Vectors.read("bip350-valid.txt");
    }

    static List<String[]> invalid() {
        return Vectors.read("bip350-invalid.txt");
    }

    static List<String[]> segwit() {
        return Vectors.read("bip350-segwit.txt");
    }

    static List<String[]> invalidSegwit() {
        return Vectors.read("bip350-segwit-invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsAndRewritesEveryValidString(String text) {
        assertThat(Bech32m.decode(text).encode()).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesEveryInvalidStringWithItsReason(String escaped, String reason) {
        String text = escaped.startsWith("\\x")
                ? (char) HexFormat.fromHexDigits(escaped, 2, 4) + escaped.substring(4)
                : escaped;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bech32m.decode(text))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @MethodSource("segwit")
    void readsTheWitnessProgramsOfAddresses(String address, String script) {
        assertThat(HexFormat.of().formatHex(witnessProgram(address))).isEqualTo(script.substring(4));
    }

    @ParameterizedTest
    @MethodSource("invalidSegwit")
    void refusesAddressesWithABadChecksumCaseOrPadding(String address, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> witnessProgram(address))
                .withMessageContaining(reason);
    }

    /** What BIP-350 stores after the first group, the witness version. */
    private static byte[] witnessProgram(String address) {
        Bech32m decoded = Bech32m.decode(address);
        byte[] groups = decoded.groups();
        return Bech32m.of(decoded.prefix(), Arrays.copyOfRange(groups, 1, groups.length))
                .bytes();
    }

    @Test
    void bytesOfEveryLengthComeBack() {
        Random random = new Random(1);
        for (int length = 0; length <= 49; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Bech32m.ofBytes("test", bytes).encode();
            assertThat(Bech32m.decode(text).bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void findsUpToFourWrongCharacters() {
        String text = Bech32m.ofBytes("syn", new byte[32]).encode();
        Random random = new Random(2);
        for (int round = 0; round < 2000; round++) {
            char[] wrong = text.toCharArray();
            for (int error = 0; error <= round % 4; error++) {
                wrong[4 + random.nextInt(wrong.length - 4)] =
                        "qpzry9x8gf2tvdw0s3jn54khce6mua7l".charAt(random.nextInt(32));
            }
            String candidate = new String(wrong);
            if (!candidate.equals(text)) {
                assertThatIllegalArgumentException().isThrownBy(() -> Bech32m.decode(candidate));
            }
        }
    }

    @Test
    void refusesToBeMadeFromPartsThatNoStringHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bech32m.of("Syn", new byte[1]))
                .withMessageContaining("upper-case");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bech32m.of("syn", new byte[] {32}))
                .withMessageContaining("five bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bech32m.of("syn", new byte[] {-1}))
                .withMessageContaining("five bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bech32m.of("syn", new byte[81]))
                .withMessageContaining("at most 90 characters, not 91");
        assertThatIllegalArgumentException().isThrownBy(() -> Bech32m.of("", new byte[1]));
    }

    @Test
    void isAValueThatNobodyCanChange() {
        byte[] groups = {1, 2, 3};
        Bech32m value = Bech32m.of("syn", groups);
        groups[0] = 9;
        value.groups()[1] = 9;
        assertThat(value)
                .isEqualTo(Bech32m.of("syn", new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(Bech32m.of("syn", new byte[] {1, 2, 3}));
        assertThat(value).isNotEqualTo(Bech32m.of("syn", groups)).isNotEqualTo(Bech32m.of("sym", new byte[] {1, 2, 3}));
    }
}
