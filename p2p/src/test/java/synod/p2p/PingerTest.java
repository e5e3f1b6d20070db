package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PingerTest {
    private final Pinger pinger = new Pinger(1_000_000);

    @Test
    void measuresTheRoundTripOfTheLastPing() {
        Frame ping = pinger.due(5_000).orElseThrow();
        assertThat(pinger.roundTripMicros()).isEqualTo(-1);

        pinger.pong(ControlKind.PONG.frame(ping.payload()), 47_000);

        assertThat(pinger.roundTripMicros()).isEqualTo(42);
    }

    @Test
    void pingsOncePerIntervalAndNotBeforeAnAnswer() {
        Frame first = pinger.due(0).orElseThrow();
        assertThat(pinger.due(5_000_000)).isEmpty();
        pinger.pong(ControlKind.PONG.frame(first.payload()), 1);
        assertThat(pinger.due(999_999)).isEmpty();
        assertThat(pinger.due(1_000_000)).isPresent();
    }

    @Test
    void ignoresAnswersToNothing() {
        pinger.due(0);
        pinger.pong(ControlKind.PONG.frame(new byte[8]), 10);
        pinger.pong(ControlKind.PONG.frame(new byte[3]), 10);
        assertThat(pinger.roundTripMicros()).isEqualTo(-1);
    }
}
