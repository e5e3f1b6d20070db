package synod.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectDelayTest {
    private final ReconnectDelay delay = new ReconnectDelay();

    @Test
    void waitsASecondAtFirstAndThirtyAtLast() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waits.add(delay.nextMillis(false));
        }
        assertThat(waits).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void beginsAgainAfterAConnectionThatWasOfUse() {
        delay.nextMillis(false);
        delay.nextMillis(false);
        assertThat(delay.nextMillis(true)).isEqualTo(1_000);
        assertThat(delay.nextMillis(false)).isEqualTo(2_000);
    }
}
