package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
    void keysOnOnePlaceNeverTakeEachOthersValue() {
        RecentKeys<String> recent = new RecentKeys<>(1);
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            byte[] key = {(byte) random.nextInt(4)};
            assertThat(recent.get(key, this::workOut)).isEqualTo(HexFormat.of().formatHex(key));
        }
        assertThat(workedOut).hasSizeBetween(600, 900);
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentKeys<String>(12));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentKeys<String>(0));
    }
}
