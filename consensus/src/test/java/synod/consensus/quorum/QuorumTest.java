package synod.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumTest {
    @Test
    void isThePapersForThreeFPlusOneMembers() {
        for (int f = 0; f <= 42; f++) {
            Quorum quorum = new Quorum(3 * f + 1);
            assertThat(quorum.maxFaulty()).isEqualTo(f);
            assertThat(quorum.size()).isEqualTo(2 * f + 1);
            assertThat(quorum.weakSize()).isEqualTo(f + 1);
        }
    }

    @Test
    void isAsSmallAsItMayBeForSmallNetworks() {
        assertThat(IntStream.rangeClosed(1, 7).map(n -> new Quorum(n).size())).containsExactly(1, 2, 2, 3, 4, 4, 5);
    }

    @Test
    void sharesACorrectMemberWithEveryOtherAndCanAlwaysBeReached() {
        for (int n = 1; n <= 128; n++) {
            Quorum quorum = new Quorum(n);
            int shared = 2 * quorum.size() - n;
            assertThat(shared).as("%d members", n).isGreaterThan(quorum.maxFaulty());
            assertThat(2 * (quorum.size() - 1) - n).isLessThanOrEqualTo(quorum.maxFaulty());
            assertThat(quorum.size()).isLessThanOrEqualTo(n - quorum.maxFaulty());
        }
    }

    @Test
    void isOfSomebody() {
        assertThatThrownBy(() -> new Quorum(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
