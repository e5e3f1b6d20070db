package synod.testnet.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The one-letter states that the operating system gives to processes: R running, S asleep, T stopped, Z dead. */
final class ProcessState {
    private ProcessState() {}

    /** The state of the process; empty if there is none. */
    static String of(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            // the state follows the program's name, which stands in parentheses and may hold some itself
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2, line.lastIndexOf(')') + 3);
        } catch (NoSuchFileException e) {
            return Files.isDirectory(Path.of("/proc", "self")) ? "" : ofPs(pid);
        } catch (IOException e) {
            // the process ended between the opening and the reading
            return "";
        }
    }

    /** Systems without /proc have ps. */
    private static String ofPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw TestnetException.failure("Cannot ask ps for the state of process " + pid, e);
        }
    }
}
