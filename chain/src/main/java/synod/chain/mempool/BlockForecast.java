package synod.chain.mempool;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import synod.crypto.Address;

/**
 * What filling the next block will do about one ready entry.
 *
 * @param taken whether the block takes it
 * @param bytesBefore encoded size of all that stand before it in block order
 */
record BlockForecast(boolean taken, long bytesBefore) {
    /** Fills a block of so many bytes as a builder does: what does not fit is left out with all of its sender. */
    static BlockForecast of(Entry target, Ranking ranking, int blockRoom) {
        Set<Address> leftOut = new HashSet<>();
        int room = blockRoom;
        long before = 0;
        Iterator<Entry> order = ranking.inOrder();
        while (true) {
            Entry entry = order.next();
            int size = entry.transaction().size();
            boolean taken = size <= room && !leftOut.contains(entry.sender());
            if (entry == target) {
                return new BlockForecast(taken, before);
            }
            before += size;
            if (taken) {
                room -= size;
            } else {
                leftOut.add(entry.sender());
            }
        }
    }
}
