package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;

/** What happens to a transaction when the connection breaks. */
class SubmissionTest {
    private final FakeNode node = new FakeNode();
    private final FakeNode second = new FakeNode();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.at(node, home);
    }

    @AfterEach
    void stopNodes() {
        node.close();
        second.close();
    }

    @Test
    void saysWhatToDoWhenTheAnswerIsLost() {
        node.on("mempool_submit", FakeNode.SILENCE);

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--json");

        String id = node.submitted().getFirst().id().toString();
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err()).contains(id, "may or may not have arrived", "synod wallet why " + id);
        assertThat(ran.json().text("id")).isEqualTo(id);
        assertThat(ran.json().text("status")).isEqualTo("unknown");
    }

    @Test
    void triesTheNextNodeWithTheSameBytes() {
        node.on("mempool_submit", FakeNode.SILENCE);
        shell.with(Nodes.RPC_VARIABLE, node.url() + "," + second.url());

        assertThat(shell.run("send", "alice", "bob", "5").exitCode()).isZero();

        assertThat(second.submitted()).isEqualTo(node.submitted()).hasSize(1);
    }

    @Test
    void takesARefusalOfTheDoubleAsSuccess() {
        node.on("mempool_submit", FakeNode.SILENCE);
        second.on("mempool_submit", FakeNode.error(-32000, "nonce-used", "used"));
        second.on("ledger_getTransaction", params -> FakeNode.included("cd".repeat(32), 3, "crash", 1, true));
        shell.with(Nodes.RPC_VARIABLE, node.url() + "," + second.url());

        assertThat(shell.run("send", "alice", "bob", "5").exitCode()).isZero();
    }

    @Test
    void leavesTheDoubtWhenAnotherNodeRefuses() {
        node.on("mempool_submit", FakeNode.SILENCE);
        second.on("mempool_submit", FakeNode.error(-32000, "mempool-full", "full"));
        second.on("ledger_getTransaction", params -> FakeNode.unknown());
        shell.with(Nodes.RPC_VARIABLE, node.url() + "," + second.url());

        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("may or may not have arrived", "full (mempool-full)");
    }

    @Test
    void goesOnWithTheSameTransactionWhenTheCommandIsRepeated() {
        Transaction lost = lose("5");
        node.on("ledger_getTransaction", params -> FakeNode.unknown());
        node.on("mempool_getNextNonce", params -> new JsonObject().put("nonce", 8L));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("not a second one");
        assertThat(node.submitted()).containsExactly(lost, lost);
    }

    @Test
    void doesNotPayAgainWhatHadArrived() {
        Transaction lost = lose("5");
        node.on("ledger_getTransaction", params -> FakeNode.pending("next-block", "ready"));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--json");

        assertThat(ran.json().text("id")).isEqualTo(lost.id().toString());
        assertThat(node.submitted()).containsExactly(lost);
    }

    @Test
    void paysAgainOnceTheFirstPaymentWasReported() {
        Transaction lost = lose("5");
        node.on("ledger_getTransaction", params -> FakeNode.pending("next-block", "ready"));
        node.on("mempool_getNextNonce", params -> new JsonObject().put("nonce", 8L));
        shell.run("send", "alice", "bob", "5");

        shell.run("send", "alice", "bob", "5");

        assertThat(node.submitted()).hasSize(2);
        assertThat(node.submitted().getLast().nonce()).isEqualTo(lost.nonce() + 1);
    }

    @Test
    void warnsWhenAnotherPaymentMayTakeTheNonceOfALostOne() {
        Transaction lost = lose("5");
        node.on("ledger_getTransaction", params -> FakeNode.unknown());

        Shell.Ran ran = shell.run("send", "alice", "bob", "6");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains(lost.id().toString(), "at most one of the two");
        assertThat(((Transfer) node.submitted().getLast().payload()).amount()).isEqualTo(Amount.ofCoins(6));
    }

    @Test
    void keepsNothingAfterAClearRefusal() {
        node.on("mempool_submit", FakeNode.error(-32000, "mempool-full", "full"), params -> new JsonObject());
        node.on("ledger_getTransaction", params -> FakeNode.unknown());
        shell.run("send", "alice", "bob", "5");

        Shell.Ran ran = shell.run("send", "alice", "bob", "5");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).doesNotContain("earlier command");
    }

    @Test
    void keepsLostTransactionsOfOneSenderFromAnother() {
        lose("5");
        node.on("ledger_getTransaction", params -> FakeNode.unknown());

        assertThat(shell.run("send", "carol", "bob", "5").err()).doesNotContain("earlier command");
    }

    private Transaction lose(String amount) {
        node.on("mempool_submit", FakeNode.SILENCE);
        assertThat(shell.run("send", "alice", "bob", amount).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        node.on("mempool_submit", params -> new JsonObject());
        return node.submitted().getFirst();
    }
}
