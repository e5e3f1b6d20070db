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
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.crypto.SigningKey;

class MemberCommandsTest {
    private static final SigningKey FIRST = SigningKey.of(
            new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
            });
    private static final SigningKey SECOND = SigningKey.of(new byte[32]);

    private final FakeNode node = new FakeNode();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void openShell() throws IOException {
        shell = Shell.at(node, home).with(Nodes.TESTNET_VARIABLE, home.toString());
        writeKey("n1", "01".repeat(32));
        writeKey("n2", "00".repeat(32));
    }

    private void writeKey(String name, String seed) throws IOException {
        Path directory = Files.createDirectories(home.resolve("nodes").resolve(name));
        Files.writeString(directory.resolve("node.key"), seed + "\n");
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void votesWithTheKeyOfANodeForTheKeyOfAnother() {
        Shell.Ran ran = shell.run("vote", "add", "n2", "--as", "n1", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Transaction vote = node.submitted().getFirst();
        assertThat(vote.senderKey()).isEqualTo(FIRST.publicKey());
        assertThat(vote.isSignedFor(FakeNode.CHAIN)).isTrue();
        assertThat(vote.payload()).isEqualTo(new MemberVote(MemberVote.Change.ADD, SECOND.publicKey()));
        assertThat(ran.json().text("key")).isEqualTo(SECOND.publicKey().toString());
        assertThat(ran.json().text("change")).isEqualTo("add");
    }

    @Test
    void takesKeyFilesAndPublicKeysToo() {
        String file = home.resolve("nodes/n1/node.key").toString();
        Shell.Ran ran = shell.run("vote", "remove", SECOND.publicKey().toString(), "--as", file);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(node.submitted().getFirst().payload())
                .isEqualTo(new MemberVote(MemberVote.Change.REMOVE, SECOND.publicKey()));
    }

    @Test
    void refusesWhatIsNoNodeAndNoKey() {
        assertThat(shell.run("vote", "add", "n2", "--as", "n7").err()).contains("'n7' is neither a node");
        assertThat(shell.run("vote", "add", "02" + "00".repeat(31), "--as", "n1")
                        .err())
                .contains("cannot be a member's key");
        assertThat(shell.run("vote", "maybe", "n2", "--as", "n1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("vote", "add", "n2").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void showsWhoDecides() {
        node.on(
                "consensus_getValidators",
                params -> validators(List.of(
                        member(0, "aa".repeat(32))
                                .put(
                                        "vote",
                                        new JsonObject().put("change", "add").put("key", "cc".repeat(32))),
                        member(1, "bb".repeat(32)))));

        Shell.Ran ran = shell.run("members");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("aa".repeat(32), "bb".repeat(32), "add cccccccccccc", "2 of 2 decide");
    }

    @Test
    void saysThatThereAreNoneWhereNobodyDecides() {
        node.on("consensus_getValidators", params -> validators(List.of()));

        assertThat(shell.run("members").out()).contains("has no members");
    }

    private static JsonObject validators(List<JsonObject> members) {
        return new JsonObject()
                .put("height", 9L)
                .put("root", "dd".repeat(32))
                .put("totalWeight", (long) members.size())
                .put("quorumWeight", (long) members.size())
                .put("members", members);
    }

    private static JsonObject member(long number, String key) {
        return new JsonObject()
                .put("number", number)
                .put("key", key)
                .put("nodeId", "ee".repeat(32))
                .put("address", "dev1address")
                .put("weight", 1L);
    }
}
