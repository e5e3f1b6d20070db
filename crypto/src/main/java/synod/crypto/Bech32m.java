package synod.crypto;

import java.util.Arrays;
import java.util.Locale;

/**
 * A bech32m string taken apart (BIP-350): a lower-case human-readable prefix and a sequence of 5-bit groups. The
 * checksum finds up to four wrong characters for certain.
 */
public final class Bech32m {
    /** The longest string, in characters: the checksum's promise ends there. */
    public static final int MAX_LENGTH = 90;

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECKSUM_LENGTH = 6;
    private static final int BECH32M_CONSTANT = 0x2bc830a3;
    private static final int BECH32_CONSTANT = 1;
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private final String prefix;
    private final byte[] groups;

    private Bech32m(String prefix, byte[] groups) {
        this.prefix = prefix;
        this.groups = groups;
    }

    /**
     * Takes a prefix and groups.
     *
     * @throws IllegalArgumentException if the prefix is empty, has upper-case letters or characters that are not
     *     printable ASCII, if a group exceeds five bits, or if the string would be longer than 90 characters
     */
    public static Bech32m of(String prefix, byte[] groups) {
        checkPrefix(prefix);
        if (!prefix.equals(prefix.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the prefix '" + prefix + "' has upper-case letters");
        }
        checkLength(prefix.length() + 1 + groups.length + CHECKSUM_LENGTH);
        for (byte group : groups) {
            if (group < 0 || group > 31) {
                throw new IllegalArgumentException("a group of " + group + " exceeds five bits");
            }
        }
        return new Bech32m(prefix, groups.clone());
    }

    /**
     * Regroups whole bytes into 5-bit groups, the last one padded with zero bits.
     *
     * @throws IllegalArgumentException as {@link #of} does
     */
    public static Bech32m ofBytes(String prefix, byte[] bytes) {
        byte[] groups = new byte[(bytes.length * 8 + 4) / 5];
        for (int i = 0; i < groups.length; i++) {
            int bit = i * 5;
            int high = bytes[bit / 8] & 0xff;
            int low = bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 0xff : 0;
            groups[i] = (byte) ((high << 8 | low) >>> (11 - bit % 8) & 31);
        }
        return of(prefix, groups);
    }

    /**
     * Reads and checks a string, all in lower or all in upper case.
     *
     * @throws IllegalArgumentException if it is not bech32m; the message says what is wrong, and where
     */
    public static Bech32m decode(String text) {
        checkLength(text.length());
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("upper and lower case are mixed");
        }
        int separator = lower.lastIndexOf('1');
        if (separator < 0) {
            throw new IllegalArgumentException("no separator '1' after the prefix");
        }
        String prefix = lower.substring(0, separator);
        checkPrefix(prefix);
        byte[] data = new byte[lower.length() - separator - 1];
        if (data.length < CHECKSUM_LENGTH) {
            throw new IllegalArgumentException(
                    "only " + data.length + " characters after the prefix, and the checksum alone has six");
        }
        for (int i = 0; i < data.length; i++) {
            int group = ALPHABET.indexOf(lower.charAt(separator + 1 + i));
            if (group < 0) {
                throw new IllegalArgumentException("character " + (separator + 2 + i) + ", '"
                        + text.charAt(separator + 1 + i) + "', is not used in bech32m");
            }
            data[i] = (byte) group;
        }
        int checksum = checksum(prefix, data);
        if (checksum == BECH32_CONSTANT) {
            throw new IllegalArgumentException("the checksum is that of bech32 (BIP-173), not of bech32m (BIP-350)");
        }
        if (checksum != BECH32M_CONSTANT) {
            throw new IllegalArgumentException("the checksum is wrong: some character is mistyped or missing");
        }
        return new Bech32m(prefix, Arrays.copyOf(data, data.length - CHECKSUM_LENGTH));
    }

    /** The human-readable part, in lower case. */
    public String prefix() {
        return prefix;
    }

    /** A copy of the 5-bit groups, one a byte, without the checksum. */
    public byte[] groups() {
        return groups.clone();
    }

    /**
     * The groups as whole bytes.
     *
     * @throws IllegalArgumentException if five or more bits are left over, or bits left over are not zero
     */
    public byte[] bytes() {
        int bits = groups.length * 5;
        if (bits % 8 >= 5) {
            throw new IllegalArgumentException(
                    groups.length + " groups hold " + bits / 8 + " bytes and a whole group of padding");
        }
        byte[] bytes = new byte[bits / 8];
        int pending = 0;
        int pendingBits = 0;
        int next = 0;
        for (byte group : groups) {
            pending = pending << 5 | group;
            pendingBits += 5;
            if (pendingBits >= 8) {
                pendingBits -= 8;
                bytes[next++] = (byte) (pending >>> pendingBits);
                pending &= (1 << pendingBits) - 1;
            }
        }
        if (pending != 0) {
            throw new IllegalArgumentException("the padding bits are not zero");
        }
        return bytes;
    }

    /** The string, in lower case. */
    public String encode() {
        byte[] data = Arrays.copyOf(groups, groups.length + CHECKSUM_LENGTH);
        int checksum = checksum(prefix, data) ^ BECH32M_CONSTANT;
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (byte group : groups) {
            text.append(ALPHABET.charAt(group));
        }
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(checksum >>> 5 * i & 31));
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bech32m that && prefix.equals(that.prefix) && Arrays.equals(groups, that.groups);
    }

    @Override
    public int hashCode() {
        return 31 * prefix.hashCode() + Arrays.hashCode(groups);
    }

    @Override
    public String toString() {
        return encode();
    }

    private static void checkLength(int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a bech32m string has at most 90 characters, not " + length);
        }
    }

    private static void checkPrefix(String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("the prefix before the separator '1' is empty");
        }
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            if (c < 33 || c > 126) {
                throw new IllegalArgumentException(
                        String.format("character %d of the prefix, U+%04X, is not printable ASCII", i + 1, (int) c));
            }
        }
    }

    /** BIP-173's checksum polynomial over the expanded prefix and the data. */
    private static int checksum(String prefix, byte[] data) {
        int state = 1;
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) >>> 5);
        }
        state = step(state, 0);
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) & 31);
        }
        for (byte group : data) {
            state = step(state, group);
        }
        return state;
    }

    private static int step(int state, int value) {
        int top = state >>> 25;
        int next = (state & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if ((top >>> i & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
