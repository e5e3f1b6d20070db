package synod.node.stratum;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.store.Disk;
import synod.chain.store.DiskException;
import synod.crypto.Hash;

/**
 * The pool's accounts on a disk: one file, which holds a whole state and after it the shares that were accepted since. A
 * new state is a new file, which is there whole or not at all; then the one before is deleted. So whatever moment a crash
 * comes at, one state is there, and at worst the last shares that were not synced are missing.
 *
 * <p>A file is {@code u32} format, the chain's id, the state behind its {@code u32} length, and the CRC-32C of all that;
 * then shares, each with the CRC-32C of its bytes. Numbers are little-endian.
 */
final class PoolFile {
    private static final int FORMAT = 1;
    private static final String PREFIX = "pool-";
    private static final int MAX_STATE_BYTES = 256 << 20;
    private static final int RECORD_BYTES = ShareLedger.SHARE_BYTES + Integer.BYTES;

    private final Disk disk;
    private final Hash chain;
    private long number;
    private int appended;
    private boolean dirty;

    /** What was found: a state, if there is one, and the shares since. */
    record Contents(byte[] state, List<ShareLedger.Share> shares) {}

    /** The file of a chain's pool on a disk that holds nothing else. */
    PoolFile(Disk disk, Hash chain) {
        this.disk = disk;
        this.chain = chain;
    }

    /**
     * Reads what is there; an empty state if there is nothing.
     *
     * @throws DiskException if it is damaged or of another chain
     */
    Contents read() {
        OptionalLong last = disk.list().stream()
                .filter(name -> name.startsWith(PREFIX))
                .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length()), 16))
                .max();
        if (last.isEmpty()) {
            return new Contents(new byte[0], List.of());
        }
        number = last.getAsLong();
        String name = name(number);
        byte[] bytes = disk.read(name, 0, Math.toIntExact(disk.size(name)));
        Decoder in = new Decoder(bytes);
        try {
            if (in.u32() != FORMAT) {
                throw damaged(name, "its format is not " + FORMAT);
            }
            if (!in.hash().equals(chain)) {
                throw damaged(name, "it belongs to another chain");
            }
            byte[] state = in.bytes32(MAX_STATE_BYTES);
            if (in.u32() != checksum(bytes, 0, in.offset() - Integer.BYTES)) {
                throw damaged(name, "its checksum is wrong");
            }
            return new Contents(state, shares(bytes, in.offset()));
        } catch (RejectedException e) {
            throw damaged(name, String.valueOf(e.getMessage()));
        }
    }

    /** The shares up to the first that is not whole: shares that were not synced may be torn. */
    private static List<ShareLedger.Share> shares(byte[] bytes, int from) throws RejectedException {
        List<ShareLedger.Share> shares = new ArrayList<>();
        Decoder in = new Decoder(bytes);
        in.raw(from);
        while (in.remaining() >= RECORD_BYTES) {
            int start = in.offset();
            Decoder record = new Decoder(in.raw(ShareLedger.SHARE_BYTES));
            if (in.u32() != checksum(bytes, start, ShareLedger.SHARE_BYTES)) {
                break;
            }
            shares.add(ShareLedger.Share.decode(record));
        }
        return shares;
    }

    /**
     * Puts a state in the place of the one before; durable when this returns.
     *
     * @throws DiskException also if the state is so large that it would not be read again
     */
    void save(byte[] state) {
        if (state.length > MAX_STATE_BYTES) {
            throw new DiskException(
                    DiskException.Kind.FULL,
                    "The pool's accounts have " + state.length + " bytes, and " + MAX_STATE_BYTES + " are the most.");
        }
        byte[] head = new Encoder(state.length + 64)
                .u32(FORMAT)
                .hash(chain)
                .bytes32(state)
                .toBytes();
        byte[] checksum =
                new Encoder(Integer.BYTES).u32(checksum(head, 0, head.length)).toBytes();
        disk.create(name(number + 1), head, checksum);
        number++;
        appended = 0;
        dirty = false;
        for (String name : disk.list()) {
            if (!name.equals(name(number))) {
                disk.delete(name);
            }
        }
    }

    /** Adds a share. It survives the end of the process at once, and a power failure after {@link #sync}. */
    void append(ShareLedger.Share share) {
        Encoder out = new Encoder(RECORD_BYTES);
        share.encode(out);
        byte[] bytes = out.toBytes();
        dirty = true;
        disk.append(name(number), out.u32(checksum(bytes, 0, bytes.length)).toBytes());
        appended += RECORD_BYTES;
    }

    /** Makes the shares durable. */
    void sync() {
        if (dirty) {
            disk.sync(name(number));
            dirty = false;
        }
    }

    /** Bytes of shares since the last state. */
    int appendedBytes() {
        return appended;
    }

    private static String name(long number) {
        return PREFIX + String.format("%016x", number);
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static DiskException damaged(String name, String why) {
        return new DiskException(
                DiskException.Kind.FAILED,
                "The pool's accounts, file " + name + ", cannot be read: " + why
                        + ". Restore it from a copy; without it nobody knows what miners are owed.");
    }
}
