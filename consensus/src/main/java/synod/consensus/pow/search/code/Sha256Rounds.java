package synod.consensus.pow.search.code;

/** The constants of SHA-256 and its compression function on words, as in FIPS 180-4. */
public final class Sha256Rounds {
    /** Rounds of one compression. */
    static final int ROUNDS = 64;

    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private static final int[] CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private Sha256Rounds() {}

    /** A word of the initial state, 0 to 7. */
    static int initial(int index) {
        return INITIAL[index];
    }

    /** The constant of a round, 0 to 63. */
    static int constant(int round) {
        return CONSTANTS[round];
    }

    /** The state of 8 words after the first 64 bytes of a message. */
    public static int[] midstate(byte[] message) {
        int[] w = new int[ROUNDS];
        for (int i = 0; i < 16; i++) {
            w[i] = bigEndian(message, 4 * i);
        }
        for (int i = 16; i < ROUNDS; i++) {
            w[i] = w[i - 16] + smallSigma0(w[i - 15]) + w[i - 7] + smallSigma1(w[i - 2]);
        }
        int[] s = INITIAL.clone();
        for (int i = 0; i < ROUNDS; i++) {
            int t1 = s[7] + bigSigma1(s[4]) + choose(s[4], s[5], s[6]) + CONSTANTS[i] + w[i];
            int t2 = bigSigma0(s[0]) + majority(s[0], s[1], s[2]);
            System.arraycopy(s, 0, s, 1, 7);
            s[0] = t1 + t2;
            s[4] += t1;
        }
        for (int i = 0; i < s.length; i++) {
            s[i] += INITIAL[i];
        }
        return s;
    }

    /** The word at this offset, as SHA-256 reads messages. */
    public static int bigEndian(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    static int choose(int x, int y, int z) {
        return z ^ x & (y ^ z);
    }

    static int majority(int x, int y, int z) {
        return x & y | z & (x | y);
    }

    private static int bigSigma0(int x) {
        return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
    }

    private static int bigSigma1(int x) {
        return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
    }

    private static int smallSigma0(int x) {
        return Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
    }

    private static int smallSigma1(int x) {
        return Integer.rotateRight(x, 17) ^ Integer.rotateRight(x, 19) ^ x >>> 10;
    }
}
