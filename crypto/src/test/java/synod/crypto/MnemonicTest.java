package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicTest {
    private static final String ABANDON = "abandon abandon abandon abandon abandon abandon ";

    static List<String[]> english() {
        return Vectors.read("bip39-english.txt");
    }

    @Test
    void allPublishedVectorsAreHere() {
        assertThat(english()).hasSize(24);
    }

    @ParameterizedTest
    @MethodSource("english")
    void givesThePublishedWordsEntropyAndSeed(String entropy, String phrase, String seed) {
        Mnemonic fromEntropy = Mnemonic.ofEntropy(HexFormat.of().parseHex(entropy));
        assertThat(fromEntropy.phrase()).isEqualTo(phrase);
        Mnemonic parsed = Mnemonic.parse(phrase);
        assertThat(parsed).isEqualTo(fromEntropy).hasSameHashCodeAs(fromEntropy);
        assertThat(HexFormat.of().formatHex(parsed.entropy())).isEqualTo(entropy);
        assertThat(HexFormat.of().formatHex(parsed.seed("TREZOR"))).isEqualTo(seed);
    }

    @Test
    void theWordListIsThePublishedOne() throws IOException {
        try (InputStream list = Mnemonic.class.getResourceAsStream("bip39-english.txt")) {
            assertThat(list).isNotNull();
            assertThat(Sha256.hash(list.readAllBytes()))
                    .hasToString("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18, 21, 24})
    void generatedOnesOfEveryLengthReadBack(int words) {
        Mnemonic mnemonic = Mnemonic.generate(new SecureRandom(), words);
        assertThat(mnemonic.words()).hasSize(words);
        assertThat(Mnemonic.parse(mnemonic.phrase())).isEqualTo(mnemonic);
        assertThat(Mnemonic.generate(new SecureRandom(), words)).isNotEqualTo(mnemonic);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9, 11, 13, 23, 25, 27})
    void refusesOtherNumbersOfWords(int words) {
        String message = "12, 15, 18, 21 or 24 words, not " + words;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnemonic.parse("zoo ".repeat(words)))
                .withMessageContaining(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnemonic.generate(new SecureRandom(), words))
                .withMessageContaining(message);
    }

    @Test
    void namesTheWordThatIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnemonic.parse(ABANDON + "abandn abandon abandon abandon abandon about"))
                .withMessageContaining("word 7, 'abandn'");
    }

    @Test
    void refusesAWrongChecksum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnemonic.parse(ABANDON + ABANDON))
                .withMessageContaining("checksum");
        List<String> swapped = new ArrayList<>(Mnemonic.ofEntropy(new byte[16]).words());
        Collections.swap(swapped, 0, 11);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnemonic.parse(String.join(" ", swapped)))
                .withMessageContaining("checksum");
    }

    @Test
    void refusesOtherAmountsOfEntropy() {
        for (int length : new int[] {0, 12, 15, 17, 31, 33, 36}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Mnemonic.ofEntropy(new byte[length]));
        }
    }

    @Test
    void letterCaseAndWhiteSpaceDoNotMatter() {
        Mnemonic expected = Mnemonic.ofEntropy(new byte[16]);
        assertThat(Mnemonic.parse("  Abandon\t" + expected.phrase().substring(8).replace(" ", " \n\u3000 ") + " "))
                .isEqualTo(expected);
    }

    @Test
    void aPassphraseMeansTheSameInEveryUnicodeForm() {
        Mnemonic mnemonic = Mnemonic.ofEntropy(new byte[16]);
        assertThat(mnemonic.seed("\u00e9")).isEqualTo(mnemonic.seed("e\u0301"));
        assertThat(mnemonic.seed("\u00e9")).isNotEqualTo(mnemonic.seed("e"));
    }

    @Test
    void isNeverPrinted() {
        assertThat(Mnemonic.ofEntropy(new byte[16])).hasToString("Mnemonic of 12 words");
    }
}
