package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private final List<String> workedOut = new ArrayList<>();

    private String workOut(byte[] key) {
        String value = HexFormat.of().formatHex(key);
        workedOut.add(value);
        return value;
    }

    @Test
    void worksAKeyOutOnceWhateverArrayItStandsIn() {
        RecentKeys<String> recent = new RecentKeys<>(8);
        assertThat(recent.get(new byte[] {1, 2}, this::workOut)).isEqualTo("0102");
        assertThat(recent.get(new byte[] {1, 2}, this::workOut)).isEqualTo("0102");
        assertThat(workedOut).containsExactly("0102");
    }

    @Test
    void keysInOneRowNeverTakeEachOthersValueAndTheNewestDrivesOutTheOldest() {
        RecentKeys<String> recent = new RecentKeys<>(4);
        for (int number = 1; number <= 5; number++) {
            assertThat(get(recent, number)).isEqualTo("0" + number);
        }
        for (int number = 2; number <= 5; number++) {
            get(recent, number);
        }
        assertThat(workedOut).hasSize(5);
        get(recent, 1);
        get(recent, 2);
        assertThat(workedOut).containsExactly("01", "02", "03", "04", "05", "01", "02");
    }

    private String get(RecentKeys<String> recent, int number) {
        return recent.get(new byte[] {(byte) number}, this::workOut);
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwoOrLessThanARow() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentKeys<String>(12));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentKeys<String>(2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentKeys<String>(0));
    }
}
