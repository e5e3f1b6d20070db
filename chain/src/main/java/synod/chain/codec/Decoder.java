package synod.chain.codec;

import java.util.Arrays;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.crypto.Hash;

/**
 * Reads values in canonical encoding from bytes that somebody else made.
 *
 * <p>No method reads past the end, and none takes memory before it has seen that the bytes are there: both end in a
 * {@link RejectedException} with {@link Reason#MALFORMED}, naming the offset.
 */
public final class Decoder {
    private final byte[] bytes;
    private final int end;
    private int offset;

    /** A decoder over all the bytes, which must not change meanwhile. */
    public Decoder(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /** One byte, 0 to 255. */
    public int u8() throws RejectedException {
        int at = advance(1);
        return bytes[at] & 0xff;
    }

    /** Two bytes, 0 to 65,535. */
    public int u16() throws RejectedException {
        int at = advance(Short.BYTES);
        return (short) LittleEndian.U16.get(bytes, at) & 0xffff;
    }

    /** Four bytes; the sign bit is the highest bit of an unsigned value. */
    public int u32() throws RejectedException {
        int at = advance(Integer.BYTES);
        return (int) LittleEndian.U32.get(bytes, at);
    }

    /** Eight bytes; the sign bit is the highest bit of an unsigned value. */
    public long u64() throws RejectedException {
        int at = advance(Long.BYTES);
        return (long) LittleEndian.U64.get(bytes, at);
    }

    /** Eight bytes that must not exceed {@link Long#MAX_VALUE}: heights, times, amounts, nonces. */
    public long u63() throws RejectedException {
        long value = u64();
        if (value < 0) {
            throw malformed("a value of 2^63 or more");
        }
        return value;
    }

    /** Thirty-two bytes. */
    public Hash hash() throws RejectedException {
        int at = advance(Hash.LENGTH);
        return Hash.of(bytes, at);
    }

    /** So many bytes. */
    public byte[] raw(int length) throws RejectedException {
        int at = advance(length);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** A u8 length, refused above the maximum, and as many bytes. */
    public byte[] bytes8(int maxLength) throws RejectedException {
        return raw(bounded(u8(), maxLength));
    }

    /** A u16 length, refused above the maximum, and as many bytes. */
    public byte[] bytes16(int maxLength) throws RejectedException {
        return raw(bounded(u16(), maxLength));
    }

    /** A u32 length, refused above the maximum, and as many bytes. */
    public byte[] bytes32(int maxLength) throws RejectedException {
        return raw(bounded(u32(), maxLength));
    }

    /**
     * A u32 count of items that take at least so many bytes each: refused above the maximum, and when the rest of the
     * bytes cannot hold them.
     */
    public int count(int max, int minBytesEach) throws RejectedException {
        int count = bounded(u32(), max);
        if ((long) count * minBytesEach > remaining()) {
            throw malformed("a count of " + count + " where only " + remaining() + " bytes follow");
        }
        return count;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return end - offset;
    }

    /** Bytes read so far. */
    public int offset() {
        return offset;
    }

    /** The bytes between an earlier offset and here. */
    public byte[] since(int start) {
        return Arrays.copyOfRange(bytes, start, offset);
    }

    /** Refuses bytes left over. */
    public void finish() throws RejectedException {
        if (remaining() > 0) {
            throw malformed(remaining() + " bytes too many");
        }
    }

    /** The refusal of what stands at this offset. */
    public RejectedException malformed(String what) {
        return new RejectedException(Reason.MALFORMED, what + " at offset " + offset);
    }

    private int bounded(int length, int max) throws RejectedException {
        if (length < 0 || length > max) {
            throw malformed("a length of " + Integer.toUnsignedString(length) + ", more than " + max);
        }
        return length;
    }

    /** Moves over bytes that must be there, and gives the offset of the first. */
    private int advance(int length) throws RejectedException {
        if (length > remaining()) {
            throw malformed("cut short: " + length + " bytes expected, " + remaining() + " left");
        }
        int at = offset;
        offset += length;
        return at;
    }
}
