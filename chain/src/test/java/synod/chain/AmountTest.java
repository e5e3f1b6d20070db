package synod.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "5, 500000000, 5",
        "0.00000001, 1, 0.00000001",
        "007.50, 750000000, 7.5",
        "100, 10000000000, 100",
        "92233720368.54775807, 9223372036854775807, 92233720368.54775807",
        "1.000000000000, 100000000, 1"
    })
    void readsAndWritesCoins(String text, long units, String written) {
        assertThat(Amount.parse(text)).isEqualTo(new Amount(units)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "-1",
                "+1",
                "1.",
                ".5",
                "1e3",
                "0x1",
                "1,5",
                "１",
                "0.000000001",
                "92233720368.54775808",
                "111111111111111111111111111111111"
            })
    void refusesWhatIsNoAmount(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(text));
    }

    @Test
    void neverWrapsAround() {
        assertThatThrownBy(() -> new Amount(Long.MAX_VALUE).plus(new Amount(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.ZERO.minus(new Amount(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Amount(-1));
        assertThatThrownBy(() -> Amount.ofCoins(92_233_720_369L)).isInstanceOf(ArithmeticException.class);
    }
}
