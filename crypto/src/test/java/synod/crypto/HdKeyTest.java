package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HdKeyTest {
    static List<String[]> vectors() {
        return Vectors.read("slip10-ed25519.txt");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void derivesThePublishedKeys(String seed, String path, String chainCode, String privateKey, String publicKey) {
        HdKey key = HdKey.master(HexFormat.of().parseHex(seed)).derive(DerivationPath.parse(path));
        assertThat(HexFormat.of().formatHex(key.chainCode())).isEqualTo(chainCode);
        assertThat(HexFormat.of().formatHex(key.signingKey().seed())).isEqualTo(privateKey);
        assertThat(key.signingKey().publicKey()).hasToString(publicKey);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 65})
    void refusesASeedOfAnotherLength(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HdKey.master(new byte[length]))
                .withMessageContaining("not " + length);
    }

    @Test
    void refusesANegativeChildNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HdKey.master(new byte[16]).child(-1));
    }

    @Test
    void doesNotPrintSecrets() {
        HdKey key = HdKey.master(new byte[16]);
        String seed = HexFormat.of().formatHex(key.signingKey().seed());
        assertThat(key.toString()).doesNotContain(seed);
        assertThat(key.signingKey().toString()).doesNotContain(seed);
    }
}
