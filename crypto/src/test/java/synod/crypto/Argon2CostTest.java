package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Argon2CostTest {
    static List<String[]> vectors() {
        return Vectors.read("argon2id.txt");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void derivesThePublishedKeys(
            int memoryKiB, int iterations, int parallelism, String password, String salt, String hash) {
        byte[] key = new Argon2Cost(memoryKiB, iterations, parallelism)
                .deriveKey(password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), 32);
        assertThat(HexFormat.of().formatHex(key)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "104857600, 1, 1, memory",
        "2147483647, 1, 1, memory",
        "1048577, 1, 1, memory",
        "7, 1, 1, memory",
        "31, 1, 4, memory",
        "-1, 1, 1, memory",
        "64, 0, 1, iterations",
        "64, 65, 1, iterations",
        "1048576, 5, 1, times iterations",
        "64, 1, 0, parallelism",
        "1024, 1, 17, parallelism"
    })
    void refusesACostThatAHostileFileMightDemand(int memoryKiB, int iterations, int parallelism, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2Cost(memoryKiB, iterations, parallelism))
                .withMessageContaining(reason);
    }
}
