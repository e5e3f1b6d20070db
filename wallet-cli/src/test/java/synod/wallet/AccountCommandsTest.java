package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.transaction.Anchor;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Sha256;

/** balance, history, anchor and why. */
class AccountCommandsTest {
    private static final String ID = "ef".repeat(32);
    private static final String BLOCK = "ab".repeat(32);

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

    @Test
    void showsWhatAnAccountHas() {
        node.on(
                "ledger_getAccount",
                params -> FakeNode.account(params.text("address"), "12.5", 7)
                        .put("nextNonce", 9L)
                        .put(
                                "maturing",
                                List.of(new JsonObject().put("amount", "5"), new JsonObject().put("amount", "0.5"))));

        assertThat(shell.run("balance", "alice").out())
                .isEqualToIgnoringNewLines("12.5, and 5.5 more matures (2 of its transactions wait for a block)");
    }

    @Test
    void givesProgramsNameAddressBalanceAndNonce() {
        JsonObject json = shell.run("balance", "alice", "--json").json();

        assertThat(json.text("name")).isEqualTo("alice");
        assertThat(json.text("address")).isEqualTo(address("alice"));
        assertThat(json.text("balance")).isEqualTo("100");
        assertThat(json.number("nonce")).isEqualTo(7);
    }

    @Test
    void findsTheNameOfAnAddress() {
        assertThat(shell.run("balance", address("bob"), "--json").json().text("name"))
                .isEqualTo("bob");
        String foreign = Address.NONE.format(FakeNode.PREFIX);
        assertThat(shell.run("balance", foreign, "--json").json().has("name")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        String address = address("alice");
        String misspelt = address.substring(0, address.length() - 1) + (address.endsWith("q") ? "p" : "q");

        Shell.Ran ran = shell.run("balance", misspelt);

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("checksum");
    }

    @Test
    void saysWhenTheNodesAnswerIsNotAsExpected() {
        node.on("ledger_getAccount", params -> new JsonObject().put("address", "x"));

        Shell.Ran ran = shell.run("balance", "alice");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("not as expected: field 'maturing' is missing");
    }

    @Test
    void saysWhatTheNodeAnsweredInsteadOfAResult() {
        node.on("ledger_getAccount", FakeNode.error(-32603, "internal", "the disk is full"));

        Shell.Ran ran = shell.run("balance", "alice");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("the disk is full (internal)");
    }

    @Test
    void alignsTheHistory() {
        node.on(
                "ledger_getHistory",
                params -> List.of(
                        transfer("in", address("bob"), "12.25").put("memo", null),
                        transfer("out", Address.NONE.format(FakeNode.PREFIX), "3"),
                        entry("reward", "in").put("amount", "50.00000001"),
                        entry("anchor", "self")
                                .put("digest", "cd".repeat(32))
                                .put("memo", "escape \u001b[31m")
                                .put("fee", "0.5")
                                .put("transaction", ID)));

        List<String> lines = shell.run("history", "alice").out().lines().toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches("TIME +HEIGHT +KIND +AMOUNT +FEE +WITH +TRANSACTION");
        assertThat(lines.get(1))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d +12  transfer +\\+12\\.25 +bob +efefefefefefefef\\.\\.\\.");
        assertThat(lines.get(2)).contains("-3 ", " 0.01 ", "dev1qqqqqqqqqqqq...");
        assertThat(lines.get(3)).contains("reward", "+50.00000001");
        assertThat(lines.get(4)).contains("cdcdcdcdcdcdcdcd... \"escape ?[31m\"");
        assertThat(lines.get(1).indexOf("12.25") + 2).isEqualTo(lines.get(3).indexOf("50.0") + 2);
    }

    @Test
    void showsAllOfTheIdsWhenAskedTo() {
        node.on("ledger_getHistory", params -> List.of(transfer("in", address("bob"), "1")));

        assertThat(shell.run("history", "alice", "--full").out()).contains(ID);
    }

    @Test
    void givesProgramsTheHistoryALineEach() {
        node.on("ledger_getHistory", params -> List.of(transfer("in", address("bob"), "1"), entry("reward", "in")));

        List<JsonObject> lines = shell.run("history", "alice", "--limit", "2", "--before", "20", "--json")
                .jsonLines();

        assertThat(lines).extracting(line -> line.text("kind")).containsExactly("transfer", "reward");
        assertThat(node.lastParams().number("limit")).isEqualTo(2);
        assertThat(node.lastParams().number("beforeHeight")).isEqualTo(20);
    }

    @Test
    void saysThatNothingHasHappened() {
        node.on("ledger_getHistory", params -> List.of());

        Shell.Ran ran = shell.run("history", "alice");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("Nothing has happened to alice");
    }

    @Test
    void anchorsTheDigestOfAFile() throws Exception {
        Path file = Files.writeString(home.resolve("contract"), "we agree");

        Shell.Ran ran = shell.run("anchor", "alice", file.toString(), "--memo", "17", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(node.submitted().getFirst().payload())
                .isEqualTo(new Anchor(Sha256.hash("we agree".getBytes(StandardCharsets.UTF_8)), "17"));
        assertThat(ran.json().text("digest"))
                .isEqualTo(
                        Sha256.hash("we agree".getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Test
    void anchorsADigest() {
        shell.run("anchor", "alice", "CD".repeat(32));

        assertThat(((Anchor) node.submitted().getFirst().payload()).digest()).hasToString("cd".repeat(32));
    }

    @Test
    void refusesWhatCannotBeAnchored() {
        Shell.Ran missing = shell.run("anchor", "alice", home.resolve("missing").toString());
        Shell.Ran longMemo = shell.run("anchor", "alice", ID, "--memo", "é".repeat(41));

        assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(missing.err()).contains("neither a digest of 64 hexadecimal digits nor a file");
        assertThat(longMemo.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(longMemo.err()).contains("at most 80 bytes, not 82");
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void saysWhyATransactionWaits() {
        node.on("ledger_getTransaction", params -> FakeNode.pending("behind-better-fees", "2 MB pay more"));

        assertThat(shell.run("why", ID).out())
                .isEqualToIgnoringNewLines("Waiting: 2 MB pay more (behind-better-fees).");
        assertThat(shell.run("why", ID, "--json").json().object("wait").text("cause"))
                .isEqualTo("behind-better-fees");
    }

    @Test
    void saysInWhichBlockATransactionIs() {
        node.on("ledger_getTransaction", params -> FakeNode.included(BLOCK, 12, "crash", 3, true));

        assertThat(shell.run("why", ID).out()).contains(BLOCK + " at height 12", "no proof against a leader that lies");
        assertThat(shell.run("why", ID, "--json").json().number("height")).isEqualTo(12);
    }

    @Test
    void saysThatATransactionIsUnknown() {
        node.on("ledger_getTransaction", params -> FakeNode.unknown());

        Shell.Ran ran = shell.run("why", ID, "--json");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.json().text("status")).isEqualTo("unknown");
        assertThat(ran.err()).contains("has not arrived here");
    }

    @Test
    void refusesAnIdThatIsNone() {
        assertThat(shell.run("why", "abc").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("why", "zz".repeat(32)).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static JsonObject transfer(String direction, String counterparty, String amount) {
        return entry("transfer", direction)
                .put("counterparty", counterparty)
                .put("amount", amount)
                .put("fee", "0.01")
                .put("transaction", ID);
    }

    private static JsonObject entry(String kind, String direction) {
        return new JsonObject()
                .put("height", 12L)
                .put("block", BLOCK)
                .put("timeMillis", 1_700_000_000_000L)
                .put("index", 0L)
                .put("kind", kind)
                .put("direction", direction);
    }

    private static String address(String name) {
        return Address.of(DevelopmentKeys.key(name).publicKey()).format(FakeNode.PREFIX);
    }
}
