package synod.crypto;

/** A bech32m string taken apart (BIP-350): a human-readable prefix and 5-bit groups. */
public record Bech32m(String prefix, byte[] groups) {
    /** Reads and checks a string; throws IllegalArgumentException saying what is wrong and where. */
    public static Bech32m decode(String text) {
        throw new UnsupportedOperationException("written next");
    }

    /** Regroups whole bytes into 5-bit groups. */
    public static Bech32m ofBytes(String prefix, byte[] bytes) {
        throw new UnsupportedOperationException("written next");
    }

    /** The groups as whole bytes; refuses non-zero or over-long padding. */
    public byte[] bytes() {
        throw new UnsupportedOperationException("written next");
    }

    /** The string. */
    public String encode() {
        throw new UnsupportedOperationException("written next");
    }
}
