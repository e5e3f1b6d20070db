package synod.testnet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path temporary;

    private TestnetDirectory directory;

    @BeforeEach
    void choose() {
        directory = new TestnetDirectory(temporary.resolve("net"));
    }

    /** Another command: holds the lock until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (DirectoryLock _ = DirectoryLock.take(new TestnetDirectory(Path.of(args[0])), System.err::println)) {
                System.out.println("held");
                System.in.read();
            }
        }
    }

    private Process holder() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("held");
        return process;
    }

    @Test
    void waitsForAnotherProcessAndSaysSo() throws Exception {
        Process holder = holder();
        List<String> notices = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<String> noticed = new CompletableFuture<>();
        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> {
            try (DirectoryLock _ = DirectoryLock.take(directory, notice -> {
                notices.add(notice);
                noticed.complete(notice);
            })) {
                assertThat(holder.isAlive()).isFalse();
            }
        });
        assertThat(noticed.get(30, TimeUnit.SECONDS)).contains("Another synod testnet command works on");
        assertThat(taken).isNotDone();
        holder.destroyForcibly().waitFor();
        taken.get(30, TimeUnit.SECONDS);
        assertThat(notices).hasSize(1);
    }

    @Test
    void isFreeAgainAfterItsHolder() {
        for (int i = 0; i < 3; i++) {
            DirectoryLock.take(directory, notice -> assertThat(notice).isNull()).close();
        }
    }

    @Test
    void makesTheDirectoryAnewIfAResetDeletedIt() {
        DirectoryLock.take(directory, _ -> {}).close();
        directory.delete();
        assertThat(directory.root()).doesNotExist();
        DirectoryLock.take(directory, _ -> {}).close();
        assertThat(Optional.of(directory.lock()))
                .hasValueSatisfying(lock -> assertThat(lock).exists());
    }
}
