package synod.p2p;

import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;

/**
 * Who a peer is: the SHA-256 of its Ed25519 public key's 32 bytes. It can only be claimed by whoever holds the key.
 *
 * @param digest the hash of the key
 */
public record NodeId(Hash digest) implements Comparable<NodeId> {
    /** The id of the node that holds this key. */
    public static NodeId of(PublicKey key) {
        return new NodeId(Sha256.hash(key.bytes()));
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static NodeId parse(String hex) {
        return new NodeId(Hash.parse(hex));
    }

    /** The first 8 hexadecimal digits, for logs and tables; not unique against an attacker. */
    public String shortText() {
        return digest.toString().substring(0, 8);
    }

    @Override
    public int compareTo(NodeId other) {
        return digest.compareTo(other.digest);
    }

    /** All 64 hexadecimal digits. */
    @Override
    public String toString() {
        return digest.toString();
    }
}
