package synod.chain.validator;

import synod.crypto.PublicKey;

/**
 * One of those who decide blocks.
 *
 * @param key what it signs with, a point of prime order
 * @param weight its share of the votes, at least 1; one each where members are equal
 */
public record Validator(PublicKey key, long weight) {
    /** Checks the weight. */
    public Validator {
        if (weight < 1) {
            throw new IllegalArgumentException("a validator's weight is at least 1, not " + weight);
        }
    }
}
