package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class KeyPointTest {
    @Test
    void makesTheLargerTableWhenAKeyComesASecondTime() {
        KeyPoint point = KeyPoint.of(ReferencePoint.BASE.encode());
        assertThat(point.hasPrimeOrder()).isTrue();
        assertThat(point.multiples()).isSameAs(point.multiples());
        assertThat(point.multiplesAlone().blocks()).isOne();
        OddMultiples spread = point.multiplesAlone();
        assertThat(spread.blocks()).isEqualTo(4);
        assertThat(point.multiplesAlone()).isSameAs(spread);
        assertThat(point.multiples().blocks()).isOne();
    }

    @Test
    void multipliesNothingThatIsNotOfPrimeOrder() {
        KeyPoint mixed =
                KeyPoint.of(ReferencePoint.BASE.plus(ReferencePoint.ORDER_EIGHT).encode());
        assertThat(mixed.hasPrimeOrder()).isFalse();
        assertThatIllegalStateException().isThrownBy(mixed::multiples);
        assertThatIllegalStateException().isThrownBy(mixed::multiplesAlone);
    }
}
