package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
    private static final String ID = "ab".repeat(32);

    @ParameterizedTest
    @ValueSource(strings = {"example.org:30300", "127.0.0.1:1", "[2001:db8::1]:65535", "a_b-c:9"})
    void writesWhatItReads(String text) {
        assertThat(PeerAddress.parse(text)).hasToString(text);
        assertThat(PeerAddress.parse(ID + "@" + text)).hasToString(ID + "@" + text);
    }

    @Test
    void tellsThePinFromThePlace() {
        PeerAddress pinned = PeerAddress.parse(ID + "@example.org:30300");

        assertThat(pinned.pinned()).contains(NodeId.parse(ID));
        assertThat(pinned.endpoint()).isEqualTo(PeerAddress.of("example.org", 30300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":1",
                "host:0",
                "host:65536",
                "host:1x",
                "ab@host:1",
                "::1:5",
                "[::1]",
                "a b:1"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksNoResolverForALiteral() {
        assertThat(PeerAddress.of("localhost", 1).literal()).isEmpty();
        assertThat(PeerAddress.of("127.0.0.1", 1).literal()).isPresent();
    }

    @Test
    void shortensANodeId() {
        assertThat(NodeId.parse(ID).shortText()).isEqualTo("abababab");
    }
}
