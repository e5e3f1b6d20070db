package synod.crypto;

/**
 * Where coins belong: SHA-256 of the signature scheme's byte and the public key. The scheme byte leaves room for other
 * kinds of key (threshold, post-quantum) without a new kind of address.
 *
 * <p>Text form is bech32m (BIP-350) with one human-readable prefix per network, so that an address of one network is
 * not mistaken for one of another.
 */
public record Address(Hash digest) implements Comparable<Address> {
    /** The scheme byte of Ed25519 keys. */
    public static final byte ED25519 = 0;

    /** Nobody's address: what is sent there is gone. */
    public static final Address NONE = new Address(Hash.ZERO);

    /** The address of an Ed25519 key. */
    public static Address of(PublicKey key) {
        return new Address(Sha256.hash(new byte[] {ED25519}, key.unshared()));
    }

    /**
     * Reads an address of the network with this prefix.
     *
     * @throws IllegalArgumentException if the text is not bech32m, carries another prefix, or holds other than 32 bytes;
     *     the message says which
     */
    public static Address parse(String prefix, String text) {
        Bech32m decoded = Bech32m.decode(text);
        if (!decoded.prefix().equals(prefix)) {
            throw new IllegalArgumentException(
                    "this is an address of network '" + decoded.prefix() + "', not of '" + prefix + "'");
        }
        byte[] payload = decoded.bytes();
        if (payload.length != Hash.LENGTH) {
            throw new IllegalArgumentException("an address holds 32 bytes, not " + payload.length);
        }
        return new Address(Hash.of(payload));
    }

    /** The bech32m text of this address on the network with this prefix. */
    public String format(String prefix) {
        return Bech32m.ofBytes(prefix, digest.unshared()).encode();
    }

    @Override
    public int compareTo(Address other) {
        return digest.compareTo(other.digest);
    }
}
