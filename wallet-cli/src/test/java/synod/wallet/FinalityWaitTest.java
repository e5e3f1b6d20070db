package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalityWaitTest {
    private static final String FIRST = "ab".repeat(32);
    private static final String SECOND = "cd".repeat(32);

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
    void keepsWaitingWhenTheBlockIsReplaced() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.included(FIRST, 12, "probabilistic", 1, false),
                params -> FakeNode.pending("next-block", "ready"),
                params -> FakeNode.included(SECOND, 13, "probabilistic", 1, false),
                params -> FakeNode.included(SECOND, 13, "probabilistic", 2, false));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait", "--depth", "2", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.json().text("block")).isEqualTo(SECOND);
        assertThat(ran.err()).contains("Block " + FIRST + ", which held it, was replaced");
    }

    @Test
    void submitsTheSameBytesAgainToANodeThatForgotThem() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.unknown(),
                params -> FakeNode.included(FIRST, 12, "probabilistic", 1, false));

        assertThat(shell.run("send", "alice", "bob", "5", "--wait").exitCode()).isZero();

        assertThat(node.submitted()).hasSize(2);
        assertThat(node.submitted().getFirst()).isEqualTo(node.submitted().getLast());
    }

    @Test
    void givesUpWhenAnotherTransactionTookTheNonce() {
        node.on("ledger_getTransaction", params -> FakeNode.unknown());
        node.on(
                "mempool_submit",
                params -> new JsonObject(),
                FakeNode.error(-32000, "nonce-used", "nonce 7 is used, the next is 8"));

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(ran.err()).contains("another one with nonce 7");
    }

    @Test
    void doesNotGiveUpWhenItWasIncludedMeanwhile() {
        node.on(
                "ledger_getTransaction",
                params -> FakeNode.unknown(),
                params -> FakeNode.included(FIRST, 12, "probabilistic", 1, false));
        node.on("mempool_submit", params -> new JsonObject(), FakeNode.error(-32000, "nonce-used", "used"));

        assertThat(shell.run("send", "alice", "bob", "5", "--wait").exitCode()).isZero();
    }

    @Test
    void outlastsANodeThatGoesAndComes() {
        node.on(
                "ledger_getTransaction",
                FakeNode.SILENCE,
                FakeNode.SILENCE,
                params -> FakeNode.included(FIRST, 12, "probabilistic", 1, false));

        assertThat(shell.run("send", "alice", "bob", "5", "--wait").exitCode()).isZero();
    }

    @Test
    void saysThatNoNodeAnswersWhenNoneDoesAtTheEnd() {
        node.on("ledger_getTransaction", FakeNode.SILENCE);

        Shell.Ran ran = shell.run("send", "alice", "bob", "5", "--wait", "--timeout", "0");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err())
                .contains("was submitted", node.submitted().getFirst().id().toString(), node.url());
    }
}
