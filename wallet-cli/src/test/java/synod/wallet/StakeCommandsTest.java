package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.Amount;
import synod.chain.transaction.Bond;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Unbond;
import synod.crypto.Address;
import synod.crypto.SigningKey;
import synod.crypto.VrfKey;

class StakeCommandsTest {
    private static final SigningKey N1 = SigningKey.of(new byte[32]);

    private final FakeNode node = new FakeNode();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void openShell() throws IOException {
        shell = Shell.at(node, home).with(Nodes.TESTNET_VARIABLE, home.toString());
        Path directory = Files.createDirectories(home.resolve("nodes/n1"));
        Files.writeString(directory.resolve("node.key"), "00".repeat(32) + "\n");
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    private void nodeKnows(JsonObject... validators) {
        node.on(
                "consensus_getStake",
                params -> new JsonObject()
                        .put("height", 12L)
                        .put("slot", 31L)
                        .put("epoch", 1L)
                        .put("epochNonce", "ab".repeat(32))
                        .put("activeStake", "300")
                        .put("nextStake", "250")
                        .put("burned", "1.5")
                        .put("validators", List.of(validators)));
    }

    private static JsonObject validator(String bonded, boolean jailed, JsonObject... unbonding) {
        return new JsonObject()
                .put("key", N1.publicKey().toString())
                .put("nodeId", "ee".repeat(32))
                .put("address", "dev1address")
                .put("bonded", bonded)
                .put("active", "100")
                .put("next", "50")
                .put("share", "0.3333")
                .put("unbonding", List.of(unbonding))
                .put("jailed", jailed);
    }

    @Test
    void stakesWithTheKeyOfANodeAndTheVrfKeyThatFollowsFromIt() {
        Shell.Ran ran = shell.run("stake", "40", "--as", "n1", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Transaction bond = node.submitted().getFirst();
        assertThat(bond.senderKey()).isEqualTo(N1.publicKey());
        assertThat(bond.isSignedFor(FakeNode.CHAIN)).isTrue();
        assertThat(bond.payload())
                .isEqualTo(new Bond(Amount.ofCoins(40), VrfKey.ofSigningKey(N1).publicKey()));
        assertThat(ran.json().text("amount")).isEqualTo("40");
        assertThat(ran.json().text("validator")).isEqualTo(N1.publicKey().toString());
    }

    @Test
    void saysWhereANodeNeedsCoinsThatItLacks() {
        Shell.Ran ran = shell.run("stake", "100", "--as", "n1");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("'n1' (" + Address.of(N1.publicKey()).format("dev") + ") has 100");
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void takesOutAnAmountOrAllOfIt() {
        nodeKnows(validator("60", false));

        assertThat(shell.run("unstake", "5", "--as", "n1").exitCode()).isZero();
        Shell.Ran all = shell.run("unstake", "all", "--as", "n1", "--json");

        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(node.submitted())
                .extracting(Transaction::payload)
                .containsExactly(new Unbond(Amount.ofCoins(5)), new Unbond(Amount.ofCoins(60)));
        assertThat(all.json().text("amount")).isEqualTo("60");
    }

    @Test
    void refusesNothingAndWhatIsNoAmount() {
        nodeKnows(validator("0", false));
        assertThat(shell.run("stake", "0", "--as", "n1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("unstake", "0", "--as", "n1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("unstake", "all", "--as", "n1").err()).contains("'n1' has nothing at stake");
        assertThat(shell.run("unstake", "much", "--as", "n1").err()).contains("'all' takes all of it");
        assertThat(shell.run("stake", "5").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void showsWhoHasWhatAtStake() {
        nodeKnows(validator(
                "50",
                true,
                new JsonObject().put("epoch", 4L).put("timeMillis", 1L).put("amount", "20"),
                new JsonObject().put("epoch", 5L).put("timeMillis", 2L).put("amount", "22.5")));

        Shell.Ran ran = shell.run("validators");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        N1.publicKey().toString(), "33.33 %", "42.5", "jailed", "slot 31 of epoch 1", "destroyed 1.5");
        assertThat(shell.run("validators", "--json").json().number("epoch")).isEqualTo(1);
    }

    @Test
    void saysWhereStakeDecidesNothing() {
        node.on("consensus_getStake", params -> null);

        assertThat(shell.run("validators").err()).contains("not decided by stake", "synod wallet members");
        assertThat(shell.run("unstake", "all", "--as", "n1").exitCode()).isEqualTo(ExitCode.REJECTED);
    }
}
