package synod.chain.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import synod.chain.StateKey;
import synod.chain.transaction.MemberVote;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * Where the ledger's data stand in the {@link synod.chain.store.KeyValueStore}: the first byte of each key says what
 * the row is. Capital letters; whatever else lives in the same store uses other bytes.
 *
 * <ul>
 *   <li>{@code M}: at which block the rows stand, {@link BaseBlock}
 *   <li>{@code R} state key: an authenticated record
 *   <li>{@code N} depth u8, prefix: a node of the authenticated tree
 *   <li>{@code U} height: what undoes the block, {@link UndoRecord}
 *   <li>{@code B} height: the id of the block
 *   <li>{@code T} transaction id: height u64, index u32
 *   <li>{@code H} address, height: indexes u32 of what touched the address in the block, ascending, −1 for a reward
 * </ul>
 *
 * <p>Heights in keys are eight bytes, big-endian, so that rows are in order of height.
 */
final class Rows {
    static final byte[] BASE = {'M'};
    static final byte[] RECORDS = {'R'};

    private Rows() {}

    static byte[] record(StateKey key) {
        byte[] bytes = key.bytes();
        return ByteBuffer.allocate(1 + bytes.length).put(RECORDS).put(bytes).array();
    }

    /** The prefix of all members' records. */
    static byte[] members() {
        return record(StateKey.of(MemberVote.statePrefix()));
    }

    static StateKey recordKey(byte[] row) {
        return StateKey.of(Arrays.copyOfRange(row, 1, row.length));
    }

    /** The row of the branch that stands at this depth on the way to this path. */
    static byte[] node(int depth, Hash path) {
        int bytes = (depth + 7) / 8;
        byte[] row = new byte[2 + Hash.LENGTH];
        path.copyTo(row, 2);
        row = Arrays.copyOf(row, 2 + bytes);
        row[0] = 'N';
        row[1] = (byte) depth;
        if (depth % 8 != 0) {
            row[1 + bytes] &= (byte) (0xff << (8 - depth % 8));
        }
        return row;
    }

    static byte[] undo(long height) {
        return numbered('U', height);
    }

    static byte[] block(long height) {
        return numbered('B', height);
    }

    static byte[] transaction(Hash id) {
        return hashed('T', id, 0).array();
    }

    static byte[] history(Address address, long height) {
        return hashed('H', address.digest(), Long.BYTES).putLong(height).array();
    }

    /** The height in the key of a history row. */
    static long historyHeight(byte[] row) {
        return ByteBuffer.wrap(row).getLong(1 + Hash.LENGTH);
    }

    private static byte[] numbered(char kind, long height) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) kind)
                .putLong(height)
                .array();
    }

    private static ByteBuffer hashed(char kind, Hash hash, int more) {
        byte[] row = new byte[1 + Hash.LENGTH + more];
        row[0] = (byte) kind;
        hash.copyTo(row, 1);
        return ByteBuffer.wrap(row).position(1 + Hash.LENGTH);
    }
}
