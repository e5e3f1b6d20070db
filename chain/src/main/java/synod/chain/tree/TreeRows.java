package synod.chain.tree;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import synod.chain.BlockHeader;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.store.DiskException;
import synod.chain.store.KeyRange;
import synod.chain.store.Position;
import synod.crypto.Hash;

/**
 * Where the tree's data stand in the {@link synod.chain.store.KeyValueStore}. Small letters; the ledger uses capitals.
 *
 * <ul>
 *   <li>{@code n} height, id: a node whose body is in the journal, and so are those of all its ancestors
 *   <li>{@code i} id: the height of that node
 *   <li>{@code c} height: the id of the adopted branch's block
 * </ul>
 *
 * <p>Heights in keys and in {@code i} rows are eight bytes, big-endian, so that a branch can be read in one scan.
 */
final class TreeRows {
    private static final int FORMAT = 1;
    private static final int MAX_WEIGHT_BYTES = 64;

    private TreeRows() {}

    /** A node as it is stored. */
    record StoredNode(BlockNode block, Position body) {}

    static byte[] node(long height, Hash id) {
        byte[] key = Arrays.copyOf(numbered('n', height), 1 + Long.BYTES + Hash.LENGTH);
        id.copyTo(key, 1 + Long.BYTES);
        return key;
    }

    static byte[] height(Hash id) {
        byte[] key = new byte[1 + Hash.LENGTH];
        key[0] = 'i';
        id.copyTo(key, 1);
        return key;
    }

    static byte[] adopted(long height) {
        return numbered('c', height);
    }

    /** The nodes of all branches at these heights, the last excluded. */
    static KeyRange nodes(long from, long to) {
        return KeyRange.between(numbered('n', from), numbered('n', to));
    }

    /** The adopted branch at these heights, the last excluded. */
    static KeyRange adopted(long from, long to) {
        return KeyRange.between(adopted(from), adopted(to));
    }

    static KeyRange allAdopted() {
        return KeyRange.prefix(new byte[] {'c'});
    }

    /** The height in a key of {@code n} or {@code c}. */
    static long heightInKey(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    private static byte[] numbered(char kind, long height) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) kind)
                .putLong(height)
                .array();
    }

    static byte[] encodeHeight(long height) {
        return ByteBuffer.allocate(Long.BYTES).putLong(height).array();
    }

    static long decodeHeight(byte[] row) {
        if (row.length != Long.BYTES) {
            throw damaged("a height has " + row.length + " bytes");
        }
        return ByteBuffer.wrap(row).getLong();
    }

    static Hash decodeId(byte[] row) {
        if (row.length != Hash.LENGTH) {
            throw damaged("a block id has " + row.length + " bytes");
        }
        return Hash.of(row);
    }

    /** Format u16, position u64, weight with a u8 length, header, seal with a u32 length. */
    static byte[] encode(BlockNode block, Position body) {
        return new Encoder(512 + block.seal().size())
                .u16(FORMAT)
                .u64(body.toLong())
                .bytes8(block.totalWeight().toByteArray())
                .raw(block.header().encode())
                .bytes32(block.seal().bytes())
                .toBytes();
    }

    static StoredNode decode(byte[] row) {
        try {
            Decoder in = new Decoder(row);
            int format = in.u16();
            if (format != FORMAT) {
                throw damaged("a node has format " + format + ", and this program reads format " + FORMAT);
            }
            Position body = Position.of(in.u64());
            BigInteger weight = new BigInteger(in.bytes8(MAX_WEIGHT_BYTES));
            BlockHeader header = BlockHeader.decode(in);
            ByteString seal = ByteString.of(in.bytes32(SealedBlock.MAX_SEAL_BYTES));
            in.finish();
            return new StoredNode(new BlockNode(header, seal, weight), body);
        } catch (RejectedException | IllegalArgumentException e) {
            throw damaged("a node is unreadable (" + e.getMessage() + ")");
        }
    }

    static DiskException damaged(String what) {
        return new DiskException(
                DiskException.Kind.DAMAGED,
                "The stored index of blocks is damaged: " + what
                        + ". Rebuild it from the journal (synod node reindex).");
    }
}
