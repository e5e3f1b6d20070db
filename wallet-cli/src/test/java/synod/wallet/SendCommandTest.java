package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;

class SendCommandTest {
    private static final String BLOCK = "ab".repeat(32);
    private static final Address BOB = Address.of(DevelopmentKeys.key("bob").publicKey());

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
    void submitsATransferThatIsSignedForTheChain() {
        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Transaction sent = node.submitted().getFirst();
        assertThat(sent.isSignedFor(FakeNode.CHAIN)).isTrue();
        assertThat(sent.sender())
                .isEqualTo(Address.of(DevelopmentKeys.key("alice").publicKey()));
        assertThat(sent.nonce()).isEqualTo(7);
        assertThat(sent.payload()).isEqualTo(new Transfer(BOB, Amount.ofCoins(5)));
        assertThat(ran.out()).contains("Sent 5 from alice to bob", sent.id().toString());
    }

    @Test
    void offersAQuarterAboveTheMinimumFee() {
        shell.run("send", "alice", "bob", "5");

        Transaction sent = node.submitted().getFirst();
        assertThat(sent.fee().units()).isEqualTo((sent.size() * 10L * 5 + 3) / 4);
    }

    @Test
    void paysTheFeeThatIsAskedFor() {
        shell.run("send", "alice", "bob", "5", "--fee", "0.5");

        assertThat(node.submitted().getFirst().fee()).isEqualTo(Amount.parse("0.5"));
    }

    @Test
    void sendsToAnAddress() {
        Shell.Ran ran = shell.run("send", "alice", BOB.format(FakeNode.PREFIX), "0.00000001");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(node.submitted().getFirst().payload()).isEqualTo(new Transfer(BOB, new Amount(1)));
    }

    @Test
    void refusesAnAddressOfAnotherNetwork() {
        Shell.Ran ran = shell.run("send", "alice", BOB.format("other"), "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("address of network 'other', not of 'dev'");
        assertThat(node.submitted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.000000001, has more than 8 decimals",
        "five, is not an amount such as 5 or 0.25",
        "99999999999999, is more coins than can exist",
        "0, Nothing to send"
    })
    void refusesAnAmountThatIsNone(String amount, String sentence) {
        Shell.Ran ran = shell.run("send", "alice", "bob", amount);

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains(sentence);
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void refusesToSendMoreThanThereIs() {
        node.on(
                "ledger_getAccount",
                params -> FakeNode.account(params.text("address"), "4.9", 7)
                        .put("maturing", List.of(new JsonObject().put("amount", "50"))));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("'alice' has 4.9", "another 50 matures", "needs 5");
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void countsTheFeeWhenItChecksTheBalance() {
        node.on("ledger_getAccount", params -> FakeNode.account(params.text("address"), "5", 7));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("fee");
    }

    @Test
    void namesTheSenderThatDoesNotExist() {
        Shell.Ran ran = shell.run("send", "nobody", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("There is no wallet 'nobody'", "synod wallet create nobody");
    }

    @Test
    void passesOnWhyTheNodeRefuses() {
        node.on("mempool_submit", FakeNode.error(-32000, "fee-too-low", "the fee is 1, and 182 bytes cost 1820"));
        node.on("ledger_getTransaction", params -> FakeNode.unknown());

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--fee", "0.00000001");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("the fee is 1, and 182 bytes cost 1820 (fee-too-low)");
    }

    @Test
    void takesATransactionThatIsThereAlreadyAsSent() {
        node.on("mempool_submit", FakeNode.error(-32000, "already-known", "it is here"));
        node.on("ledger_getTransaction", params -> FakeNode.pending("next-block", "ready"));

        assertThat(shell.run("send", "alice", "bob", "5").exitCode()).isZero();
    }

    @Test
    void describesTheTransactionToPrograms() {
        Shell.Ran ran = shell.run("send", "alice", "bob", "5.50", "--json");

        Transaction sent = node.submitted().getFirst();
        assertThat(ran.out())
                .isEqualToIgnoringNewLines("{\"id\":\"" + sent.id() + "\",\"from\":\""
                        + sent.sender().format(FakeNode.PREFIX) + "\",\"to\":\"" + BOB.format(FakeNode.PREFIX)
                        + "\",\"amount\":\"5.5\",\"fee\":\"" + sent.fee()
                        + "\",\"nonce\":7,\"status\":\"pending\"}");
    }

    @Test
    void waitsForTheBlockAndSaysHowFinalItIs() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.pending("next-block", "ready"),
                params -> FakeNode.included(BLOCK, 12, "probabilistic", 1, false));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        node.submitted().getFirst().id().toString(),
                        BLOCK + " at height 12",
                        "Not irrevocable: undoing it takes the work of 1 block");
    }

    @Test
    void givesProgramsBlockHeightAndFinality() {
        node.on("ledger_getTransaction", params -> FakeNode.included(BLOCK, 12, "byzantine", 1, true));

        JsonObject json =
                shell.run("send", "alice", "bob", "5", "--wait", "--json").json();

        assertThat(json.text("id")).isEqualTo(node.submitted().getFirst().id().toString());
        assertThat(json.text("block")).isEqualTo(BLOCK);
        assertThat(json.number("height")).isEqualTo(12);
        assertThat(json.object("finality").text("kind")).isEqualTo("byzantine");
        assertThat(json.object("finality").number("depth")).isEqualTo(1);
        assertThat(json.object("finality").flag("final")).isTrue();
    }

    @Test
    void waitsForTheDepthThatIsAskedFor() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.included(BLOCK, 12, "probabilistic", 1, false),
                params -> FakeNode.included(BLOCK, 12, "probabilistic", 2, false),
                params -> FakeNode.included(BLOCK, 12, "probabilistic", 3, false));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait", "--depth", "3", "--json");

        assertThat(ran.json().object("finality").number("depth")).isEqualTo(3);
    }

    @Test
    void doesNotTakeDepthForFinalityWhereThereIsFinality() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.included(BLOCK, 12, "economic", 9, false),
                params -> FakeNode.included(BLOCK, 12, "economic", 10, true));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait", "--json");

        assertThat(ran.json().object("finality").number("depth")).isEqualTo(10);
    }

    @Test
    void saysWhyItIsNotFinalInTime() {
        node.on("ledger_getTransaction", params -> FakeNode.pending("nonce-gap", "nonce 6 is missing"));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait", "--timeout", "0", "--json");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.NOT_FINAL);
        assertThat(ran.err()).contains("nonce 6 is missing", "synod wallet why");
        assertThat(ran.json().text("status")).isEqualTo("pending");
        assertThat(ran.json().object("wait").text("cause")).isEqualTo("nonce-gap");
    }

    @Test
    void showsProgressOnATerminalOnly() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.pending("next-block", "ready for the next block"),
                params -> FakeNode.included(BLOCK, 12, "probabilistic", 1, false));
        assertThat(shell.run("send", "alice", "bob", "5", "--wait").err()).doesNotContain("\r");

        node.on(
                "ledger_getTransaction",
                params -> FakeNode.pending("next-block", "ready for the next block"),
                params -> FakeNode.included(BLOCK, 12, "probabilistic", 1, false));
        assertThat(shell.typing().run("send", "alice", "bob", "5", "--wait").err())
                .contains("\r| ready for the next block");
    }

    @Test
    void refusesDevelopmentAccountsOnAnEarnestNetwork() {
        node.network(false);

        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("public development words", "earnest is not a development network");
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void refusesAWalletOfTheDevelopmentWordsOnAnEarnestNetwork() {
        shell.with(Passwords.VARIABLE, "secret").input(DevelopmentKeys.PHRASE);
        assertThat(shell.run("import", "mine").exitCode()).isZero();
        node.network(false);

        Shell.Ran ran = shell.run("send", "mine", BOB.format(FakeNode.PREFIX), "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("wallet 'mine' belongs to the public development words");
    }

    @Test
    void refusesToSendCoinsToADevelopmentAddressOnAnEarnestNetwork() {
        shell.with(Passwords.VARIABLE, "secret").run("create", "mine");
        node.network(false);

        Shell.Ran ran = shell.run("send", "mine", BOB.format(FakeNode.PREFIX), "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("public development words");
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void sendsFromAWalletWithItsPassword() throws Exception {
        node.network(false);
        Path password = Files.writeString(home.resolve("password"), "correct horse\n");
        shell.run("create", "mine", "--password-file", password.toString());
        shell.with(Passwords.VARIABLE, "correct horse").run("create", "yours");

        Shell.Ran ran = shell.without(Passwords.VARIABLE)
                .run("send", "mine", "yours", "5", "--password-file", password.toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(node.submitted().getFirst().isSignedFor(FakeNode.CHAIN)).isTrue();
    }

    @Test
    void refusesAWrongPassword() {
        shell.with(Passwords.VARIABLE, "right").run("create", "mine");

        Shell.Ran ran = shell.with(Passwords.VARIABLE, "wrong").run("send", "mine", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("The password does not open wallet 'mine'");
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void saysHowToGiveAPasswordWhereNobodyCanBeAsked() {
        shell.with(Passwords.VARIABLE, "right").run("create", "mine");

        Shell.Ran ran = shell.without(Passwords.VARIABLE).run("send", "mine", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("--password-file", Passwords.VARIABLE);
    }

    @Test
    void asksThePersonAtTheTerminal() {
        shell.typing("right", "right").run("create", "mine");

        assertThat(shell.typing("right").run("send", "mine", "bob", "5").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"--depth,0", "--timeout,-1", "--timeout,99999999"})
    void refusesWaitingThatMeansNothing(String option, String value) {
        assertThat(shell.run("send", "alice", "bob", "5", option, value).exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(node.submitted()).isEmpty();
    }
}
