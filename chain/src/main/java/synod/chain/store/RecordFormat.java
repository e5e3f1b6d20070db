package synod.chain.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import synod.crypto.Hash;

/**
 * The bytes of a record in one segment: length u32, kind u8, CRC-32C u32, all little-endian, then the payload.
 *
 * <p>The checksum covers the journal's owner, the segment's number, the record's offset, the length, the kind and the
 * payload. So bytes that were written elsewhere, by this journal or by another, do not pass for a record here.
 */
final class RecordFormat {
    static final int HEADER_BYTES = 9;
    static final int MAX_PAYLOAD_BYTES = 64 << 20;

    /** Set in the stored kind of a record that was carried over. */
    static final int CARRIED_OVER = 0x80;

    /** The stored kind of a sync mark, whose payload is the segment's salt: everything before it is durable. */
    static final int SYNC_MARK = 0x7f;

    static final int SYNC_MARK_PAYLOAD_BYTES = 8;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CONTEXT_BYTES = Hash.LENGTH + 4 + 4 + 4 + 1;

    private final Hash owner;
    private final int segment;

    RecordFormat(Hash owner, int segment) {
        this.owner = owner;
        this.segment = segment;
    }

    /** The header of a record that is to stand at this offset. */
    byte[] header(int offset, int storedKind, byte[] payload) {
        byte[] header = new byte[HEADER_BYTES];
        INT.set(header, 0, payload.length);
        header[4] = (byte) storedKind;
        INT.set(header, 5, checksum(offset, storedKind, payload, 0, payload.length));
        return header;
    }

    int checksum(int offset, int storedKind, byte[] bytes, int from, int length) {
        byte[] context = new byte[CONTEXT_BYTES];
        owner.copyTo(context, 0);
        INT.set(context, Hash.LENGTH, segment);
        INT.set(context, Hash.LENGTH + 4, offset);
        INT.set(context, Hash.LENGTH + 8, length);
        context[Hash.LENGTH + 12] = (byte) storedKind;
        CRC32C crc = new CRC32C();
        crc.update(context, 0, CONTEXT_BYTES);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static int length(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static int storedKind(byte[] bytes, int at) {
        return bytes[at + 4] & 0xff;
    }

    static int checksum(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + 5);
    }

    static byte[] syncMarkPayload(long salt) {
        byte[] payload = new byte[SYNC_MARK_PAYLOAD_BYTES];
        LONG.set(payload, 0, salt);
        return payload;
    }

    /** Whether the bytes at an index are a sync mark that stands at this offset. */
    boolean isSyncMark(byte[] bytes, int at, int offset, long salt) {
        int payload = at + HEADER_BYTES;
        return length(bytes, at) == SYNC_MARK_PAYLOAD_BYTES
                && storedKind(bytes, at) == SYNC_MARK
                && (long) LONG.get(bytes, payload) == salt
                && checksum(bytes, at) == checksum(offset, SYNC_MARK, bytes, payload, SYNC_MARK_PAYLOAD_BYTES);
    }

    /** Whether a stored kind can have been written. */
    static boolean isKind(int storedKind) {
        int kind = storedKind & ~CARRIED_OVER;
        return kind >= 1 && kind <= Journal.MAX_KIND || storedKind == SYNC_MARK;
    }
}
