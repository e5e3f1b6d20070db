package synod.p2p.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PenaltyBookTest {
    private static final long MINUTE = 60_000;
    private static final long BAN = 10 * MINUTE;

    private final PenaltyBook<String> book = new PenaltyBook<>(BAN, 100);

    @Test
    void bansAtAHundredPointsAndNotBefore() {
        assertThat(book.charge("a", 99, "x", 0)).isEmpty();
        assertThat(book.ban("a", 0)).isEmpty();

        Optional<PenaltyBook.Entry<String>> ban = book.charge("a", 1, "y", 0);

        assertThat(ban).contains(new PenaltyBook.Entry<>("a", BAN, 1, "y"));
        assertThat(book.ban("a", BAN - 1)).isPresent();
        assertThat(book.ban("a", BAN)).isEmpty();
        assertThat(book.ban("b", 0)).isEmpty();
    }

    @Test
    void decaysTenPointsAMinute() {
        book.charge("a", 50, "x", 0);

        assertThat(book.points("a", 0)).isEqualTo(50);
        assertThat(book.points("a", MINUTE)).isEqualTo(40);
        assertThat(book.points("a", 10 * MINUTE)).isZero();
        assertThat(book.charge("a", 99, "x", 10 * MINUTE)).isEmpty();
    }

    @Test
    void bansTwiceAsLongEachTimeUpToADay() {
        long now = 0;
        long expected = BAN;
        for (int i = 0; i < 20; i++) {
            long until = book.charge("a", 100, "x", now).orElseThrow().untilMillis();
            assertThat(until - now).isEqualTo(Math.min(expected, 24 * 60 * MINUTE));
            expected *= 2;
            now = until;
        }
    }

    @Test
    void beginsNoSecondBanDuringOne() {
        book.charge("a", 100, "x", 0);

        assertThat(book.charge("a", 100, "x", 1)).isEmpty();
        assertThat(book.bans(1)).hasSize(1);
    }

    @Test
    void pardonsCompletely() {
        book.charge("a", 100, "x", 0);

        assertThat(book.pardon("a", 1)).isTrue();
        assertThat(book.pardon("a", 1)).isFalse();
        assertThat(book.charge("a", 100, "x", 2).orElseThrow().offences()).isEqualTo(1);
    }

    @Test
    void remembersBansOverARestartWithTheirCount() {
        book.charge("a", 100, "x", 0);
        PenaltyBook<String> next = new PenaltyBook<>(BAN, 100);
        book.remembered().forEach(ban -> next.restore(ban, 5));

        assertThat(next.ban("a", 5)).isPresent();
        assertThat(next.charge("a", 100, "y", BAN).orElseThrow().untilMillis()).isEqualTo(3 * BAN);
    }

    @Test
    void holdsABoundedNumberAndKeepsTheBannedOnes() {
        PenaltyBook<Integer> small = new PenaltyBook<>(BAN, 10);
        small.charge(-1, 100, "x", 0);
        for (int i = 0; i < 1_000; i++) {
            small.charge(i, 1, "x", i);
        }

        assertThat(small.ban(-1, 1_000)).isPresent();
        assertThat(java.util.stream.IntStream.range(0, 1_000)
                        .filter(i -> small.points(i, 1_000) > 0)
                        .count())
                .isEqualTo(9);
    }
}
