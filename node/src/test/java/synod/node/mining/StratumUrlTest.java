package synod.node.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratumUrlTest {
    @Test
    void readsHostAndPort() {
        assertThat(StratumUrl.parse("stratum+tcp://node.example:3333")).isEqualTo(new StratumUrl("node.example", 3333));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node:3333",
                "http://node:3333",
                "stratum+tcp://node",
                "stratum+tcp://:1",
                "stratum+tcp://a b:1"
            })
    void refusesWhatIsNoStratumUrl(String text) {
        assertThatThrownBy(() -> StratumUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stratum+tcp://HOST:PORT");
    }
}
