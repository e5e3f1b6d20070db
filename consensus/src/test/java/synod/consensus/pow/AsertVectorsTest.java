package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The difficulties that docs/protocol.md gives are those that this program demands. */
class AsertVectorsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (\\d+) \\| (0x[0-9a-f]{8}) \\|$");
    private static final long INTERVAL = 15_000;
    private static final Asert RULE = new Asert(INTERVAL, 3_600_000, new CompactBits(0x1f00ffff));
    private static final CompactBits INITIAL = new CompactBits(0x1e05ffff);

    @Test
    void areThoseOfTheProtocolDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/protocol.md"));
        List<MatchResult> rows = ROW.matcher(document).results().toList();
        assertThat(rows).hasSize(7).allSatisfy(row -> {
            long sinceGenesis = Long.parseLong(row.group(1));
            long height = Long.parseLong(row.group(2));
            assertThat(RULE.next(INITIAL, sinceGenesis + INTERVAL, height)).hasToString(row.group(3));
        });
    }
}
