package synod.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret locked with a password: AES-256-GCM under a key that Argon2id derives from the password and the salt. Holds
 * nothing that needs hiding; its parts may be written to a file as they are.
 *
 * @param cost what one try of a password costs
 * @param salt {@value #SALT_LENGTH} bytes, new for every sealing
 * @param nonce {@value #NONCE_LENGTH} bytes, new for every sealing
 * @param ciphertext the encrypted secret and its 16-byte tag
 */
public record SealedKey(Argon2Cost cost, byte[] salt, byte[] nonce, byte[] ciphertext) {
    /** Bytes of salt. */
    public static final int SALT_LENGTH = 16;

    /** Bytes of nonce. */
    public static final int NONCE_LENGTH = 12;

    /** The longest secret, in bytes. */
    public static final int MAX_SECRET_LENGTH = 1 << 16;

    private static final int TAG_LENGTH = 16;
    private static final int KEY_LENGTH = 32;

    /**
     * Copies the parts and checks their lengths.
     *
     * @throws IllegalArgumentException if one is wrong; the message says which
     */
    public SealedKey {
        if (salt.length != SALT_LENGTH) {
            throw new IllegalArgumentException("the salt of a sealed key has 16 bytes, not " + salt.length);
        }
        if (nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("the nonce of a sealed key has 12 bytes, not " + nonce.length);
        }
        if (ciphertext.length < TAG_LENGTH || ciphertext.length > MAX_SECRET_LENGTH + TAG_LENGTH) {
            throw new IllegalArgumentException(
                    "the ciphertext of a sealed key has 16 to 65552 bytes, not " + ciphertext.length);
        }
        salt = salt.clone();
        nonce = nonce.clone();
        ciphertext = ciphertext.clone();
    }

    /**
     * Locks a secret.
     *
     * @throws IllegalArgumentException if the secret is longer than {@link #MAX_SECRET_LENGTH}
     */
    public static SealedKey seal(byte[] secret, char[] password, Argon2Cost cost, SecureRandom random) {
        if (secret.length > MAX_SECRET_LENGTH) {
            throw new IllegalArgumentException("a sealed secret has at most 65536 bytes, not " + secret.length);
        }
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, cost.deriveKey(password, salt, KEY_LENGTH), nonce, secret);
            return new SealedKey(cost, salt, nonce, ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot encrypt with AES-256-GCM", e);
        }
    }

    /**
     * Unlocks the secret.
     *
     * @throws WrongPasswordException if the password is not the one it was sealed with, or a part was altered since:
     *     the tag cannot tell the two apart
     */
    public byte[] open(char[] password) throws WrongPasswordException {
        try {
            return crypt(Cipher.DECRYPT_MODE, cost.deriveKey(password, salt, KEY_LENGTH), nonce, ciphertext);
        } catch (AEADBadTagException e) {
            throw new WrongPasswordException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot decrypt AES-256-GCM", e);
        }
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] input) throws GeneralSecurityException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_LENGTH, nonce));
            return cipher.doFinal(input);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedKey that
                && cost.equals(that.cost)
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(nonce, that.nonce)
                && Arrays.equals(ciphertext, that.ciphertext);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(salt) + Arrays.hashCode(ciphertext);
    }

    @Override
    public String toString() {
        return "SealedKey[" + cost + ", " + ciphertext.length + " bytes]";
    }
}
