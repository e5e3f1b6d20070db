package synod.testnet.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MiningSummaryTest {
    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    @Test
    void tellsOfASearchAndOfTheMinersBesideIt() {
        MiningSummary summary =
                new MiningSummary(json("""
                {"hashesPerSecond": 25400000, "threads": 2, "kernel": "rolling", "expectedSecondsToBlock": 90.0,
                 "pool": {"miners": 3, "hashesPerSecond": 1234, "acceptedShares": 7, "refused": {"21": 2, "23": 1}}}
                """), json("{\"blocksMined\": \"20\", \"blocksOrphaned\": \"1\"}"));
        assertThat(summary.text())
                .isEqualTo("25.4 MH/s with rolling on 2 thread(s); 3 miners connected, 1.2 kH/s, 7 shares accepted,"
                        + " refused 2 with error 21, 1 with error 23; a block about every 1.5 min;"
                        + " 20 blocks found, 1 orphaned");
    }

    @Test
    void namesAKernelThatBecameSlow() {
        MiningSummary summary = new MiningSummary(
                json("{\"hashesPerSecond\": 2e6, \"threads\": 1, \"kernel\": \"digest\", \"slowKernel\": \"rolling\"}"),
                json("{}"));
        assertThat(summary.text()).isEqualTo("2.0 MH/s with digest on 1 thread(s), for rolling has become slow");
    }

    @Test
    void saysThatAnObserverDoesNotSearch() {
        assertThat(new MiningSummary(json("{\"hashesPerSecond\": 0, \"threads\": 0}"), json("{}")).text())
                .isEqualTo("does not search");
    }
}
