package synod.chain.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import synod.crypto.Hash;

/**
 * The first bytes of a segment's file: magic 8, format version u32, number u32, owner 32, salt 8, previous length u32,
 * born length u32, CRC-32C u32 of all that, little-endian.
 *
 * @param number the segment's number, from 1
 * @param owner whose journal it is
 * @param salt what the segment's sync marks hold
 * @param previousLength length of the segment before in bytes, all of it durable when this one was created; 0 in the
 *     first
 * @param bornLength length of this file when it was created, whole and durable: header and carried-over records
 */
record SegmentHeader(int number, Hash owner, long salt, int previousLength, int bornLength) {
    static final int BYTES = 68;

    private static final byte[] MAGIC = "SYNODJNL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String SUFFIX = ".journal";

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).putInt(VERSION).putInt(number).put(owner.bytes());
        buffer.putLong(salt).putInt(previousLength).putInt(bornLength);
        return buffer.putInt(checksum(buffer.array())).array();
    }

    /**
     * Reads and checks the header of the segment that a file's name promises.
     *
     * @throws DiskException DAMAGED if it is not the header that was written, FOREIGN if it is sound but of another
     *     format or owner
     */
    static SegmentHeader read(Disk disk, int number, Hash owner) {
        String file = fileName(number);
        byte[] bytes = disk.read(file, 0, BYTES);
        if (bytes.length < BYTES) {
            throw new JournalDamagedException(file, bytes.length, "it ends inside its header");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        buffer.get(magic);
        int version = buffer.getInt();
        SegmentHeader header = new SegmentHeader(
                buffer.getInt(), readHash(buffer), buffer.getLong(), buffer.getInt(), buffer.getInt());
        if (buffer.getInt() != checksum(bytes) || !Arrays.equals(magic, MAGIC)) {
            throw new JournalDamagedException(file, 0, "its header is not one that was written");
        }
        if (version != VERSION) {
            throw new DiskException(
                    DiskException.Kind.FOREIGN,
                    "The journal file " + file + " has format " + version + ", and this program reads format " + VERSION
                            + ". Use the program that wrote it, or another data directory.");
        }
        if (!header.owner.equals(owner)) {
            throw new DiskException(
                    DiskException.Kind.FOREIGN,
                    "The journal file " + file + " belongs to " + header.owner + ", not to " + owner
                            + ". Use the genesis file it was made with, or another data directory.");
        }
        if (header.number != number) {
            throw new JournalDamagedException(file, 0, "it is segment " + header.number + " under another name");
        }
        if (header.bornLength < BYTES || header.previousLength < 0) {
            throw new JournalDamagedException(file, 0, "its header holds impossible lengths");
        }
        return header;
    }

    static String fileName(int number) {
        return String.format("%010d", number) + SUFFIX;
    }

    /** The number that a segment's file name stands for; 0 if it is no such name. */
    static int numberOf(String fileName) {
        if (!fileName.matches("[0-9]{10}\\" + SUFFIX)) {
            return 0;
        }
        long number = Long.parseLong(fileName, 0, 10, 10);
        return number > Integer.MAX_VALUE ? 0 : (int) number;
    }

    private static Hash readHash(ByteBuffer buffer) {
        byte[] bytes = new byte[Hash.LENGTH];
        buffer.get(bytes);
        return Hash.of(bytes);
    }

    private static int checksum(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, BYTES - 4);
        return (int) crc.getValue();
    }
}
