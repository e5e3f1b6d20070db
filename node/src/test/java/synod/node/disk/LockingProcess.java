package synod.node.disk;

import java.io.IOException;
import java.nio.file.Path;
import synod.crypto.Hash;

/** A process that opens a data directory, says so, and holds it until its input ends. */
final class LockingProcess {
    private LockingProcess() {}

    /** Argument: the directory. */
    public static void main(String[] args) throws IOException {
        try (DataDirectory directory = DataDirectory.open(Path.of(args[0]), Hash.ZERO)) {
            System.out.println("holding " + directory.root());
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
        }
    }
}
