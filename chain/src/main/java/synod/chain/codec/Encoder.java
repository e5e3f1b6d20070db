package synod.chain.codec;

import java.util.Arrays;
import synod.crypto.Hash;

/** Appends values in canonical encoding to a growing buffer. */
public final class Encoder {
    private byte[] buffer;
    private int size;

    /** An empty encoder; the capacity is a guess, not a bound. */
    public Encoder(int capacity) {
        buffer = new byte[Math.max(capacity, 16)];
    }

    /** One byte: the low eight bits. */
    public Encoder u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Two bytes, little-endian: the low sixteen bits. */
    public Encoder u16(int value) {
        reserve(Short.BYTES);
        LittleEndian.U16.set(buffer, size, (short) value);
        size += Short.BYTES;
        return this;
    }

    /** Four bytes, little-endian. */
    public Encoder u32(int value) {
        reserve(Integer.BYTES);
        LittleEndian.U32.set(buffer, size, value);
        size += Integer.BYTES;
        return this;
    }

    /** Eight bytes, little-endian. */
    public Encoder u64(long value) {
        reserve(Long.BYTES);
        LittleEndian.U64.set(buffer, size, value);
        size += Long.BYTES;
        return this;
    }

    /** Thirty-two bytes. */
    public Encoder hash(Hash hash) {
        reserve(Hash.LENGTH);
        hash.copyTo(buffer, size);
        size += Hash.LENGTH;
        return this;
    }

    /** The bytes alone, for fields of fixed length. */
    public Encoder raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** A u8 length and as many bytes (at most 255). */
    public Encoder bytes8(byte[] bytes) {
        if (bytes.length > 0xff) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fit a one-byte length");
        }
        return u8(bytes.length).raw(bytes);
    }

    /** A u16 length and as many bytes (at most 65,535). */
    public Encoder bytes16(byte[] bytes) {
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fit a two-byte length");
        }
        return u16(bytes.length).raw(bytes);
    }

    /** A u32 length and as many bytes. */
    public Encoder bytes32(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, more), Math.min(buffer.length, 1 << 29) * 2));
        }
    }
}
