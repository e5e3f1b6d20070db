package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivationPathTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    m,                m
                    m/0',             m/0'
                    m/44h/7'/0h,      m/44'/7'/0'
                    m/2147483647',    m/2147483647'
                    """)
    void readsBothMarksAndWritesTheApostrophe(String text, String canonical) {
        assertThat(DerivationPath.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    "",               starts with 'm'
                    44'/0',           starts with 'm'
                    M/0',             starts with 'm'
                    m/,               step 1
                    m/0'//1',         step 2
                    m/0'/,            step 2
                    m/',              step 1
                    m/-1',            step 1
                    m/+1',            step 1
                    m/1'',            step 1
                    m/ 1',            step 1
                    m/0x1',           step 1
                    m/\u0661',        step 1
                    m/2147483648',    step 1
                    m/99999999999999999999', step 1
                    m/44'/1,          not hardened
                    """)
    void refusesAnythingElseAndSaysWhere(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DerivationPath.parse(text))
                .withMessageContaining(reason);
    }

    @Test
    void isBoundedInDepth() {
        assertThat(DerivationPath.parse("m" + "/0'".repeat(255)).indices()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> DerivationPath.parse("m" + "/0'".repeat(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DerivationPath(Collections.nCopies(256, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DerivationPath(List.of(-1)));
    }
}
