package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiningCommandTest {
    private final FakeNode node = new FakeNode();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.at(node, home);
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    private void engineIs(String engine) {
        node.on(
                "consensus_getStatus",
                _ -> new JsonObject()
                        .put("engine", engine)
                        .put("name", "n1")
                        .put(
                                "details",
                                new JsonObject()
                                        .put("blocksMined", "20")
                                        .put("blocksOrphaned", "1")
                                        .put("orphanRate", "0.05")));
    }

    private static JsonObject miner() {
        return new JsonObject()
                .put("mining", true)
                .put("hashesPerSecond", 25_400_000.0)
                .put("threads", 2L)
                .put("kernel", "rolling")
                .put("payout", "dev1payout")
                .put("expectedSecondsToBlock", 90L);
    }

    @Test
    void showsTheNodesSearch() {
        engineIs("pow");
        node.on("miner_getStatus", _ -> miner());
        Shell.Ran ran = shell.run("mining");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("The node searches: 25.4 MH/s with rolling on 2 thread(s), for dev1payout.")
                .contains("finds a block about every 1.5 min.")
                .contains("20 blocks found, 1 orphaned.")
                .doesNotContain("miner(s) connected");
    }

    @Test
    void showsMinersTheirSharesAndWhatTheyAreOwed() {
        engineIs("pow");
        JsonObject refused = new JsonObject().put("21", 2L).put("23", 1L);
        JsonObject worker = new JsonObject()
                .put("worker", "dev1worker")
                .put("hashesPerSecond", 1_234L)
                .put("acceptedShares", 7L)
                .put("refused", refused);
        JsonObject pool = new JsonObject()
                .put("miners", 3L)
                .put("hashesPerSecond", 1_234L)
                .put("acceptedShares", 7L)
                .put("refused", refused)
                .put("blocks", 4L)
                .put("workers", List.of(worker))
                .put(
                        "accounts",
                        new JsonObject()
                                .put("owed", "12.5")
                                .put("unsettledPayments", 2L)
                                .put("paidBlocks", 3L)
                                .put("orphans", 1L));
        node.on("miner_getStatus", _ -> miner().put("threads", 0L).put("pool", pool));
        Shell.Ran ran = shell.run("mining");
        assertThat(ran.out())
                .contains("The node itself does not search.")
                .contains("3 miner(s) connected: 1.2 kH/s, 7 shares accepted, refused 2 with error 21, 1 with error 23;"
                        + " 4 blocks found.")
                .contains("Owed: 12.5 coins; 2 payments are on their way; 3 blocks divided, 1 orphaned.")
                .containsPattern("dev1worker +1.2 kH/s +7 +2 with error 21");
        JsonObject json = shell.run("mining", "--json").json();
        assertThat(json.object("miner").object("pool").number("acceptedShares")).isEqualTo(7);
        assertThat(json.object("blocks").text("orphaned")).isEqualTo("1");
        assertThat(json.text("node")).isEqualTo("n1");
    }

    @Test
    void saysWhoDecidesWhereNobodyMines() {
        engineIs("pbft");
        Shell.Ran ran = shell.run("mining");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("its engine is pbft").contains("synod wallet members");
    }
}
