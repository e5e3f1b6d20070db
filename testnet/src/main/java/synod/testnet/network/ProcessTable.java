package synod.testnet.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the operating system tells of processes and Java does not, or not in full. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isDirectory(PROC.resolve("self"));

    private ProcessTable() {}

    /**
     * The words of the process's command line; none if there is no such process, or it has died and was not yet waited
     * for. Java's own answer is cut at 4,096 bytes, which a class path can exceed.
     */
    static List<String> commandLine(ProcessHandle process) {
        if (!HAS_PROC) {
            return List.of(process.info().arguments().orElse(new String[0]));
        }
        String words = read(process.pid(), "cmdline");
        return words.isEmpty() ? List.of() : List.of(words.split("\0"));
    }

    /** Whether the process was stopped by a signal and stands still. */
    static boolean isStopped(long pid) {
        return state(pid).startsWith("T");
    }

    /** Whether the process has died and was not yet waited for. */
    static boolean isZombie(long pid) {
        return state(pid).startsWith("Z");
    }

    /** One letter: R running, S asleep, T stopped, Z dead; empty if there is no such process. */
    private static String state(long pid) {
        if (!HAS_PROC) {
            return stateByPs(pid);
        }
        // the state follows the program's name, which stands in parentheses and may hold some itself
        String line = read(pid, "stat");
        return line.isEmpty() ? "" : line.substring(line.lastIndexOf(')') + 2);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // it ended, before the opening or before the reading
            return "";
        }
    }

    private static String stateByPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw TestnetException.failure("Cannot ask ps for the state of process " + pid, e);
        }
    }
}
