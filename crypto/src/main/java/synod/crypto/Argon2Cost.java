package synod.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How hard Argon2id (RFC 9106, version 0x13) makes it to try a password. The bounds hold for every cost, also one read
 * from a file, so that a hostile file can demand neither all memory nor an afternoon.
 *
 * @param memoryKiB memory in KiB, from 8 for each lane up to {@link #MAX_MEMORY_KIB}
 * @param iterations passes over the memory, from 1 to {@link #MAX_ITERATIONS}; memory times passes is at most {@link
 *     #MAX_WORK_KIB}
 * @param parallelism lanes, from 1 to {@link #MAX_PARALLELISM}
 */
public record Argon2Cost(int memoryKiB, int iterations, int parallelism) {
    /** 1 GiB. */
    public static final int MAX_MEMORY_KIB = 1 << 20;

    /** The most passes. */
    public static final int MAX_ITERATIONS = 64;

    /** The most lanes. */
    public static final int MAX_PARALLELISM = 16;

    /** The most memory filled over all passes: 4 GiB, which takes some seconds. */
    public static final long MAX_WORK_KIB = 4L << 20;

    /** For keys that hold value: 64 MiB, three passes, one lane. */
    public static final Argon2Cost STANDARD = new Argon2Cost(64 << 10, 3, 1);

    /** For tests and published development keys only: next to no protection. */
    public static final Argon2Cost DEVELOPMENT = new Argon2Cost(64, 1, 1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is exceeded; the message says which
     */
    public Argon2Cost {
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw new IllegalArgumentException("Argon2 parallelism is 1 to 16, not " + parallelism);
        }
        if (memoryKiB < 8 * parallelism || memoryKiB > MAX_MEMORY_KIB) {
            throw new IllegalArgumentException("Argon2 memory for " + parallelism + " lanes is " + 8 * parallelism
                    + " to " + MAX_MEMORY_KIB + " KiB, not " + memoryKiB);
        }
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("Argon2 iterations are 1 to 64, not " + iterations);
        }
        if ((long) memoryKiB * iterations > MAX_WORK_KIB) {
            throw new IllegalArgumentException("Argon2 memory times iterations is at most " + MAX_WORK_KIB
                    + " KiB, not " + memoryKiB + " times " + iterations);
        }
    }

    /** The key that belongs to a password. Which of the ways Unicode has to write it does not matter (NFKD). */
    byte[] deriveKey(char[] password, byte[] salt, int length) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKiB)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] encoded = encode(password);
        byte[] key = new byte[length];
        try {
            generator.generateBytes(encoded, key);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
        return key;
    }

    private static byte[] encode(char[] password) {
        String normalized = Normalizer.normalize(CharBuffer.wrap(password), Normalizer.Form.NFKD);
        ByteBuffer buffer = StandardCharsets.UTF_8.encode(normalized);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
