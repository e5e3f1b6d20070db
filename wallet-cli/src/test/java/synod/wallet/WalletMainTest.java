package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletMainTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "import",
                "list",
                "address",
                "balance",
                "send",
                "history",
                "anchor",
                "why",
                "completion"
            })
    void explainsEveryCommand(String command) {
        Shell.Ran ran = new Shell(home).run(command, "--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("Usage: synod wallet " + command);
        assertThat(new Shell(home).run("--help").out()).contains(command);
    }

    @Test
    void tellsItsVersion() {
        assertThat(new Shell(home).run("--version").out()).matches("synod [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
    }

    @Test
    void saysWhichCommandsThereAre() {
        Shell.Ran ran = new Shell(home).run();

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("Which command?", "send", "--help");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sned", "send alice", "send alice bob 5 6", "balance alice --jsno", "list --limit"})
    void refusesWhatItDoesNotUnderstand(String typed) {
        Shell.Ran ran = new Shell(home).run(typed.split(" "));

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).startsWith("synod wallet").contains("--help");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void printsACompletionScript() {
        Shell.Ran ran = new Shell(home).run("completion");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("#!").contains("synod", "wallet", "--wait");
    }
}
