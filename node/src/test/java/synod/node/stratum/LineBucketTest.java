package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineBucketTest {
    private final LineBucket bucket = new LineBucket(3, 10, 0);

    @Test
    void asksForAPauseWhenTheLinesCameTooFast() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(0)).isZero();
        }
        assertThat(bucket.take(0)).isEqualTo(100);
        assertThat(bucket.take(0)).isEqualTo(200);
        assertThat(bucket.take(250)).isEqualTo(50);
        assertThat(bucket.take(400)).isZero();
    }

    @Test
    void savesUpNoMoreThanItHolds() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(1_000_000)).isZero();
        }
        assertThat(bucket.take(1_000_000)).isEqualTo(100);
    }
}
