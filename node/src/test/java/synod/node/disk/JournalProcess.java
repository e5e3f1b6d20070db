package synod.node.disk;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import synod.chain.store.Disk;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.crypto.Hash;

/** A process that appends numbered records for ever, and prints each number once its record is synced; to be killed. */
final class JournalProcess {
    static final int KIND = 1;
    static final JournalLimits LIMITS = new JournalLimits(64 << 10, 32 << 10);

    private JournalProcess() {}

    static byte[] payload(int number) {
        byte[] payload = new byte[4 + number * 37 % 3000];
        ByteBuffer.wrap(payload).putInt(number);
        return payload;
    }

    /** Arguments: the directory and the first number. */
    public static void main(String[] args) {
        try (Disk disk = FileDisk.open(Path.of(args[0]));
                Journal journal = Journal.open(disk, Hash.ZERO, 1, LIMITS)) {
            for (int number = Integer.parseInt(args[1]); ; number++) {
                journal.append(KIND, payload(number));
                if (number % 3 == 0) {
                    journal.sync();
                    System.out.println(number);
                }
            }
        }
    }
}
