package synod.chain;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import synod.chain.codec.Decoder;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * The name of a record in the ledger's state: a byte that says what kind of record it is, and what tells it from others
 * of its kind. Ordered as unsigned bytes.
 *
 * <p>Kinds of the ledger itself: {@code a} an account, {@code r} a reward that still matures, {@code s} the supply, and
 * those of stake ({@code b}, {@code e}, {@code k}, {@code n}, {@code p}, {@code u}, {@code x}).
 * Every other letter belongs to the kind of transaction that writes such records, and must be used by one only.
 */
public final class StateKey implements Comparable<StateKey> {
    /** The longest key in bytes. */
    public static final int MAX_BYTES = 128;

    /** The kind byte of accounts. */
    public static final char ACCOUNT = 'a';

    /** The kind byte of rewards that still mature. */
    public static final char REWARD = 'r';

    private static final String LEDGER_KINDS = "arsbeknpux";

    /** All coins that exist. */
    public static final StateKey SUPPLY = new StateKey(new byte[] {'s'});

    private final byte[] bytes;
    private final int hashCode;

    private StateKey(byte[] bytes) {
        this.bytes = bytes;
        this.hashCode = Arrays.hashCode(bytes);
    }

    /**
     * The key with these bytes, the kind first.
     *
     * @throws IllegalArgumentException if there are none, or too many
     */
    public static StateKey of(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a state key has 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new StateKey(bytes.clone());
    }

    /** Reads a key with a u8 length before it. */
    public static StateKey decode(Decoder in) throws RejectedException {
        byte[] bytes = in.bytes8(MAX_BYTES);
        if (bytes.length == 0) {
            throw in.malformed("a state key without bytes");
        }
        return new StateKey(bytes);
    }

    /** The key of a record that is told from others of its kind by digests. */
    public static StateKey of(char kind, Hash... parts) {
        byte[] bytes = new byte[1 + parts.length * Hash.LENGTH];
        bytes[0] = (byte) kind;
        for (int i = 0; i < parts.length; i++) {
            parts[i].copyTo(bytes, 1 + i * Hash.LENGTH);
        }
        return new StateKey(bytes);
    }

    /** The key of an account. */
    public static StateKey account(Address address) {
        return of(ACCOUNT, address.digest());
    }

    /** The key of the reward that the block at this height earned; big-endian, so that keys are in order of height. */
    public static StateKey reward(long height) {
        return new StateKey(ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) REWARD)
                .putLong(height)
                .array());
    }

    /** The byte that says what kind of record this is. */
    public char kind() {
        return (char) (bytes[0] & 0xff);
    }

    /** Whether the record is of a kind that only the ledger itself writes. */
    public boolean isLedgerOwn() {
        return LEDGER_KINDS.indexOf(kind()) >= 0;
    }

    /** Where the record stands in the authenticated tree: SHA-256 of the key. */
    public Hash path() {
        return Sha256.hash(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(StateKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateKey that && hashCode == that.hashCode && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hashCode;
    }

    /** The kind and the rest in hexadecimal. */
    @Override
    public String toString() {
        return kind() + ":" + HexFormat.of().formatHex(bytes, 1, bytes.length);
    }
}
