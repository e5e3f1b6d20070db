package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What only this disk can do; that it is a disk at all is tested together with the real one. */
class MemoryDiskTest {
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void aCrashTakesWhatWasNotSynced() {
        disk.create("a", new byte[] {1});
        disk.append("a", new byte[] {2, 3});
        disk.sync("a");
        disk.append("a", new byte[] {4, 5});

        assertThat(disk.crash(0).read("a", 0, 10)).containsExactly(1, 2, 3);
        assertThat(disk.crash(1).read("a", 0, 10)).containsExactly(1, 2, 3, 4);
        assertThat(disk.crash(9).read("a", 0, 10)).containsExactly(1, 2, 3, 4, 5);
        assertThat(disk.read("a", 0, 10)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aRandomTearNeverTouchesWhatWasSynced() {
        disk.create("a", new byte[] {1, 2, 3});
        byte[] unsynced = new byte[5000];
        java.util.Arrays.fill(unsynced, (byte) 9);
        disk.append("a", unsynced);
        boolean holed = false;
        boolean cut = false;
        for (int seed = 0; seed < 50; seed++) {
            byte[] after = disk.crash(MemoryDisk.Tear.random(new Random(seed))).read("a", 0, 10_000);
            assertThat(after).startsWith(1, 2, 3);
            for (int i = 3; i < after.length; i++) {
                holed |= after[i] == 0;
            }
            cut |= after.length < 5003;
        }
        assertThat(holed).isTrue();
        assertThat(cut).isTrue();
    }

    @Test
    void aTruncationIsTakenBackUntilItIsSynced() {
        disk.create("a", new byte[] {1, 2, 3});
        disk.truncate("a", 1);
        disk.append("a", new byte[] {4});
        assertThat(disk.read("a", 0, 10)).containsExactly(1, 4);
        assertThat(disk.crash(9).read("a", 0, 10)).containsExactly(1, 2, 3);

        disk.sync("a");
        assertThat(disk.crash(0).read("a", 0, 10)).containsExactly(1, 4);
    }

    @Test
    void aFailedSyncSyncsNothing() {
        disk.create("a");
        disk.append("a", new byte[] {1});
        disk.failSyncs(true);

        assertThatThrownBy(() -> disk.sync("a")).isInstanceOf(DiskException.class);
        assertThatThrownBy(() -> disk.create("b")).isInstanceOf(DiskException.class);
        assertThat(disk.crash(0).size("a")).isZero();
        assertThat(disk.list()).containsExactly("a");
    }

    @Test
    void aFullDiskTakesWhatFits() {
        disk.create("a", new byte[] {1});
        disk.limitTo(3);

        assertThatThrownBy(() -> disk.append("a", new byte[] {2}, new byte[] {3, 4}))
                .isInstanceOfSatisfying(
                        DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FULL));
        assertThat(disk.read("a", 0, 10)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> disk.create("b", new byte[1])).isInstanceOf(DiskException.class);
    }

    @Test
    void turnsOverOneBit() {
        disk.create("a", new byte[] {0, 0});
        disk.flipBit("a", 9);

        assertThat(disk.read("a", 0, 2)).containsExactly(0, 2);
        assertThatThrownBy(() -> disk.flipBit("a", 16)).isInstanceOf(IllegalArgumentException.class);
    }
}
