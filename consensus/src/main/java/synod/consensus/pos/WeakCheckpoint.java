package synod.consensus.pos;

import synod.crypto.Hash;

/**
 * A block that somebody whom the node's owner trusts says is on the network's chain.
 *
 * @param height the block's, at least 0
 * @param block its id
 */
public record WeakCheckpoint(long height, Hash block) {
    /** Refuses a height that cannot be. */
    public WeakCheckpoint {
        if (height < 0) {
            throw new IllegalArgumentException("a height is not negative: " + height);
        }
    }

    /**
     * Reads the form {@code HEIGHT:ID}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static WeakCheckpoint parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is no checkpoint; one has the form HEIGHT:ID");
        }
        return new WeakCheckpoint(Long.parseLong(text.substring(0, colon)), Hash.parse(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return height + ":" + block;
    }
}
