package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsertTest {
    private static final CompactBits BITCOIN_LIMIT = new CompactBits(0x1d00ffff);
    private static final Asert BITCOIN_CASH = new Asert(600_000, 172_800_000, BITCOIN_LIMIT);

    /**
     * The published vectors, their seconds multiplied by 1,000. Run 10 passes the highest signed 64-bit height: only
     * differences of heights count, so they are read as unsigned numbers.
     */
    @ParameterizedTest
    @CsvSource({
        "run01, 10", "run02, 10", "run03, 10", "run04, 225", "run05, 225", "run06, 1000",
        "run07, 1000", "run08, 500", "run09, 10", "run10, 10", "run11, 1000", "run12, 10000"
    })
    void agreesWithThePublishedVectors(String run, int iterations) throws IOException {
        List<String> lines = read("/asert/" + run + ".txt").lines().toList();
        long anchorHeight = Long.parseUnsignedLong(field(lines, "anchor height"));
        long anchorParentTime = Long.parseLong(field(lines, "anchor (ancestor|parent) time"));
        CompactBits anchorBits = CompactBits.parse(field(lines, "anchor nBits"));

        int checked = 0;
        for (String line : lines) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] columns = line.split(" ");
            long height = Long.parseUnsignedLong(columns[1]);
            long time = Long.parseLong(columns[2]);
            assertThat(BITCOIN_CASH.next(anchorBits, (time - anchorParentTime) * 1_000, height - anchorHeight))
                    .as(run + ": " + line)
                    .hasToString(columns[3]);
            checked++;
        }
        assertThat(checked).isEqualTo(iterations);
    }

    @Test
    void givesTheSameForSecondsAsForMilliseconds() {
        Asert seconds = new Asert(600, 172_800, BITCOIN_LIMIT);
        CompactBits anchor = new CompactBits(0x1802aee8);
        for (long time = -10_000_000; time < 10_000_000; time += 7_919) {
            assertThat(BITCOIN_CASH.next(anchor, time * 1_000, 1_000)).isEqualTo(seconds.next(anchor, time, 1_000));
        }
    }

    @Test
    void neverPassesTheLimitNorReachesZero() {
        CompactBits anchor = new CompactBits(0x1802aee8);
        assertThat(BITCOIN_CASH.next(anchor, Long.MAX_VALUE, 0)).isEqualTo(BITCOIN_LIMIT);
        assertThat(BITCOIN_CASH.next(anchor, Long.MIN_VALUE, Long.MAX_VALUE).target())
                .isEqualTo(BigInteger.ONE);
        assertThat(BITCOIN_CASH.next(anchor, 0, Long.MAX_VALUE).target()).isEqualTo(BigInteger.ONE);
    }

    @Test
    void doublesTheTargetAHalfLifeBehindSchedule() {
        CompactBits anchor = new CompactBits(0x1c008000);
        assertThat(BITCOIN_CASH.next(anchor, 600_000 + 172_800_000, 0).target())
                .isEqualTo(anchor.target().shiftLeft(1));
    }

    /** Miners of a steady hash rate, whose luck is exponentially distributed; the rate triples half-way. */
    @Test
    void holdsTheIntervalWhenTheHashRateTriples() {
        CompactBits limit = new CompactBits(0x1f00ffff);
        Asert asert = new Asert(1_000, 60_000, limit);
        Random random = new Random(5);
        double millis = 0;
        double atStart = 0;
        CompactBits bits = limit;
        for (int height = 1; height <= 4_000; height++) {
            double hashesPerMilli = height <= 2_000 ? 200 : 600;
            millis += -Math.log(1 - random.nextDouble()) * Work.of(bits).doubleValue() / hashesPerMilli;
            bits = asert.next(limit, (long) millis + 1_000, height);
            if (height == 500 || height == 2_500) {
                atStart = millis;
            }
            if (height == 2_000 || height == 4_000) {
                assertThat((millis - atStart) / 1_500).isBetween(980.0, 1_020.0);
            }
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.matches("##\\s+" + name + ":.*"))
                .findFirst()
                .orElseThrow()
                .split(":")[1]
                .strip();
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(AsertTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
