package synod.wallet;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import synod.crypto.Address;
import synod.crypto.Argon2Cost;
import synod.crypto.DerivationPath;
import synod.crypto.PublicKey;
import synod.crypto.SealedKey;
import synod.crypto.SigningKey;
import synod.crypto.WrongPasswordException;

/**
 * One key, sealed with a password, and what may be known of it without the password. It holds the public key and no
 * address, for an address is written differently on each network.
 *
 * @param publicKey the public half
 * @param path how the key was derived from its words
 * @param sealed the 32 bytes of the private half
 */
record Keystore(PublicKey publicKey, DerivationPath path, SealedKey sealed) {
    private static final String FORMAT = "synod-keystore";
    private static final long VERSION = 1;
    private static final String SCHEME = "ed25519";
    private static final String KDF = "argon2id";
    private static final String CIPHER = "aes-256-gcm";
    private static final HexFormat HEX = HexFormat.of();

    /** Seals a key. */
    static Keystore seal(SigningKey key, DerivationPath path, char[] password, Argon2Cost cost, SecureRandom random) {
        byte[] seed = key.seed();
        try {
            return new Keystore(key.publicKey(), path, SealedKey.seal(seed, password, cost, random));
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * Opens the key.
     *
     * @throws WrongPasswordException if the password is another one
     * @throws JsonShapeException if what was sealed does not belong to the public key: the file was altered
     */
    SigningKey open(char[] password) throws WrongPasswordException {
        byte[] seed = sealed.open(password);
        if (seed.length != SigningKey.LENGTH) {
            throw new JsonShapeException("the sealed key has " + seed.length + " bytes instead of 32");
        }
        SigningKey key = SigningKey.of(seed);
        Arrays.fill(seed, (byte) 0);
        if (!key.publicKey().equals(publicKey)) {
            throw new JsonShapeException("the sealed key does not belong to field 'publicKey'");
        }
        return key;
    }

    /** The address of the key, for any network. */
    Address address() {
        return Address.of(publicKey);
    }

    /** The file's content. */
    JsonObject json() {
        Argon2Cost cost = sealed.cost();
        return new JsonObject()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("scheme", SCHEME)
                .put("publicKey", publicKey.toString())
                .put("path", path.toString())
                .put(
                        "kdf",
                        new JsonObject()
                                .put("name", KDF)
                                .put("memoryKiB", cost.memoryKiB())
                                .put("iterations", cost.iterations())
                                .put("parallelism", cost.parallelism())
                                .put("salt", HEX.formatHex(sealed.salt())))
                .put(
                        "cipher",
                        new JsonObject()
                                .put("name", CIPHER)
                                .put("nonce", HEX.formatHex(sealed.nonce()))
                                .put("ciphertext", HEX.formatHex(sealed.ciphertext())));
    }

    /**
     * Reads a file's content, strictly: every field must be there, and none besides.
     *
     * @throws JsonShapeException if it is no keystore of this version; the message says why
     */
    static Keystore of(JsonObject json) {
        mustBe(json, "format", FORMAT);
        if (json.number("version") != VERSION) {
            throw new JsonShapeException("it has format version " + json.number("version") + ", and this program reads "
                    + VERSION + " only: use the Synod release that wrote it");
        }
        mustHaveOnly(json, Set.of("format", "version", "scheme", "publicKey", "path", "kdf", "cipher"));
        mustBe(json, "scheme", SCHEME);
        JsonObject kdf = json.object("kdf");
        mustHaveOnly(kdf, Set.of("name", "memoryKiB", "iterations", "parallelism", "salt"));
        mustBe(kdf, "name", KDF);
        JsonObject cipher = json.object("cipher");
        mustHaveOnly(cipher, Set.of("name", "nonce", "ciphertext"));
        mustBe(cipher, "name", CIPHER);
        try {
            Argon2Cost cost = new Argon2Cost(
                    Math.toIntExact(kdf.number("memoryKiB")),
                    Math.toIntExact(kdf.number("iterations")),
                    Math.toIntExact(kdf.number("parallelism")));
            return new Keystore(
                    PublicKey.of(HEX.parseHex(json.text("publicKey"))),
                    DerivationPath.parse(json.text("path")),
                    new SealedKey(
                            cost,
                            HEX.parseHex(kdf.text("salt")),
                            HEX.parseHex(cipher.text("nonce")),
                            HEX.parseHex(cipher.text("ciphertext"))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new JsonShapeException(String.valueOf(e.getMessage()));
        }
    }

    private static void mustBe(JsonObject object, String field, String value) {
        if (!object.text(field).equals(value)) {
            throw new JsonShapeException(
                    "field '" + field + "' is '" + object.text(field) + "' instead of '" + value + "'");
        }
    }

    private static void mustHaveOnly(JsonObject object, Set<String> known) {
        for (String name : object.names()) {
            if (!known.contains(name)) {
                throw new JsonShapeException("field '" + name + "' is not known");
            }
        }
    }
}
