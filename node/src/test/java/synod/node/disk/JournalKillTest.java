package synod.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.store.Disk;
import synod.chain.store.Journal;
import synod.crypto.Hash;

/** A real process on a real disk, killed in the middle of its work. */
class JournalKillTest {
    @TempDir
    Path directory;

    @Test
    void keepsEverySyncedRecordOfAKilledProcess() throws Exception {
        int next = 0;
        for (int acknowledgements : new int[] {1, 60, 300}) {
            int acknowledged = runAndKill(next, acknowledgements);
            int found = countRecords();
            assertThat(found).isGreaterThan(acknowledged);
            next = found;
        }
    }

    private int runAndKill(int first, int acknowledgements) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalProcess.class.getName(),
                        directory.toString(),
                        Integer.toString(first)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = -1;
        try (BufferedReader output = process.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                String line = output.readLine();
                assertThat(line).as("the process runs until it is killed").isNotNull();
                acknowledged = Integer.parseInt(line);
            }
            process.destroyForcibly();
        }
        process.waitFor();
        return acknowledged;
    }

    private int countRecords() {
        try (Disk disk = FileDisk.open(directory);
                Journal journal = Journal.open(disk, Hash.ZERO, 1, JournalProcess.LIMITS)) {
            AtomicInteger count = new AtomicInteger();
            journal.scan(journal.start(), record -> {
                assertThat(record.payload()).isEqualTo(JournalProcess.payload(count.getAndIncrement()));
                return true;
            });
            return count.get();
        }
    }
}
