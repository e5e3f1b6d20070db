package synod.crypto;

/**
 * A message with the signature that someone is said to have made over it. Equality is that of the objects: the message
 * is an array, which nobody may change.
 */
public record SignedMessage(PublicKey key, byte[] message, Signature signature) {
    /** Whether the key made the signature over exactly this message, by {@link PublicKey}'s rule. */
    public boolean isValid() {
        return key.verifies(message, signature);
    }
}
