package synod.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A secret written as English words (BIP-39): 12, 15, 18, 21 or 24 of them, which hold 128 to 256 bits of entropy and a
 * checksum of one bit for every 32. Never printed by {@link #toString}.
 */
public final class Mnemonic {
    private static final int BITS_PER_WORD = 11;
    private static final int SEED_ROUNDS = 2048;
    private static final int SEED_BITS = 512;

    private final byte[] entropy;

    private Mnemonic(byte[] entropy) {
        this.entropy = entropy;
    }

    /**
     * A new secret.
     *
     * @throws IllegalArgumentException if the number of words is not 12, 15, 18, 21 or 24
     */
    public static Mnemonic generate(SecureRandom random, int wordCount) {
        checkWordCount(wordCount);
        byte[] entropy = new byte[wordCount / 3 * 4];
        random.nextBytes(entropy);
        return new Mnemonic(entropy);
    }

    /**
     * The words for this entropy.
     *
     * @throws IllegalArgumentException if there are not 16, 20, 24, 28 or 32 bytes
     */
    public static Mnemonic ofEntropy(byte[] entropy) {
        if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
            throw new IllegalArgumentException(
                    "a mnemonic holds 16, 20, 24, 28 or 32 bytes of entropy, not " + entropy.length);
        }
        return new Mnemonic(entropy.clone());
    }

    /**
     * Reads words as a person types them: letter case and the amount of white space do not matter.
     *
     * @throws IllegalArgumentException if the number of words is wrong, a word is not in the list, or the checksum does
     *     not match; the message says which
     */
    public static Mnemonic parse(String phrase) {
        String normalized =
                Normalizer.normalize(phrase, Normalizer.Form.NFKD).strip().toLowerCase(Locale.ROOT);
        String[] words = normalized.isEmpty() ? new String[0] : normalized.split("\\s+");
        checkWordCount(words.length);
        byte[] packed = new byte[(words.length * BITS_PER_WORD + 7) / 8];
        for (int i = 0; i < words.length; i++) {
            int index = EnglishWords.indexOf(words[i]);
            if (index < 0) {
                throw new IllegalArgumentException(
                        "word " + (i + 1) + ", '" + words[i] + "', is not in the English word list of BIP-39");
            }
            writeBits(packed, i * BITS_PER_WORD, index);
        }
        byte[] entropy = Arrays.copyOf(packed, words.length / 3 * 4);
        if (packed[entropy.length] != checksum(entropy)) {
            throw new IllegalArgumentException("the checksum does not match: each of the " + words.length
                    + " words is in the list, but some are wrong or out of order");
        }
        return new Mnemonic(entropy);
    }

    /** The words, in order. */
    public List<String> words() {
        byte[] packed = Arrays.copyOf(entropy, entropy.length + 1);
        packed[entropy.length] = checksum(entropy);
        int count = entropy.length / 4 * 3;
        List<String> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            words.add(EnglishWords.word(readBits(packed, i * BITS_PER_WORD)));
        }
        return List.copyOf(words);
    }

    /** The words, separated by single spaces. */
    public String phrase() {
        return String.join(" ", words());
    }

    /** A copy of the entropy. */
    public byte[] entropy() {
        return entropy.clone();
    }

    /**
     * The 64-byte seed of the keys: PBKDF2 with HMAC-SHA512 and 2048 rounds. Every passphrase gives some seed, so a
     * mistyped one is not noticed.
     *
     * @param passphrase the additional secret of BIP-39, empty for none
     */
    public byte[] seed(String passphrase) {
        byte[] salt =
                ("mnemonic" + Normalizer.normalize(passphrase, Normalizer.Form.NFKD)).getBytes(StandardCharsets.UTF_8);
        PBEKeySpec spec = new PBEKeySpec(phrase().toCharArray(), salt, SEED_ROUNDS, SEED_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no PBKDF2 with HMAC-SHA512", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mnemonic that && Arrays.equals(entropy, that.entropy);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entropy);
    }

    @Override
    public String toString() {
        return "Mnemonic of " + entropy.length / 4 * 3 + " words";
    }

    private static void checkWordCount(int count) {
        if (count < 12 || count > 24 || count % 3 != 0) {
            throw new IllegalArgumentException("a mnemonic has 12, 15, 18, 21 or 24 words, not " + count);
        }
    }

    /** The first bits of the entropy's SHA-256, one for every four bytes, left-aligned in a byte. */
    private static byte checksum(byte[] entropy) {
        int bits = entropy.length / 4;
        return (byte) (Sha256.hash(entropy).unshared()[0] & 0xff << (8 - bits));
    }

    private static void writeBits(byte[] target, int bit, int value) {
        for (int i = 0; i < BITS_PER_WORD; i++) {
            if ((value >>> (BITS_PER_WORD - 1 - i) & 1) != 0) {
                target[(bit + i) / 8] |= (byte) (0x80 >>> (bit + i) % 8);
            }
        }
    }

    private static int readBits(byte[] source, int bit) {
        int value = 0;
        for (int i = bit; i < bit + BITS_PER_WORD; i++) {
            value = value << 1 | source[i / 8] >>> (7 - i % 8) & 1;
        }
        return value;
    }
}
