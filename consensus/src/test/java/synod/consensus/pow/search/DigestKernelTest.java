package synod.consensus.pow.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.consensus.pow.CompactBits;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class DigestKernelTest {
    /** Bitcoin's genesis block. */
    private static final byte[] GENESIS = HexFormat.of()
            .parseHex("0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
                    + "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");

    private static final int GENESIS_NONCE = 2_083_236_893;
    private static final byte[] GENESIS_TARGET = new CompactBits(0x1d00ffff).targetLittleEndian();

    private final NonceKernel kernel = new DigestKernel();

    @Test
    void findsTheNonceOfBitcoinsGenesisBlock() {
        assertThat(kernel.search(GENESIS, GENESIS_TARGET, GENESIS_NONCE - 5_000, 10_000))
                .hasValue(GENESIS_NONCE);
    }

    @Test
    void triesTheFirstNonceAndTheLastAndNoneBeyond() {
        assertThat(kernel.search(GENESIS, GENESIS_TARGET, GENESIS_NONCE, 1)).hasValue(GENESIS_NONCE);
        assertThat(kernel.search(GENESIS, GENESIS_TARGET, GENESIS_NONCE - 9, 10))
                .hasValue(GENESIS_NONCE);
        assertThat(kernel.search(GENESIS, GENESIS_TARGET, GENESIS_NONCE - 10, 10))
                .isEmpty();
        assertThat(kernel.search(GENESIS, GENESIS_TARGET, GENESIS_NONCE + 1, 10))
                .isEmpty();
    }

    @Test
    void findsTheFirstNonceThatMeetsEachOfManyTargets() {
        Random random = new Random(7);
        byte[] header = new byte[80];
        for (int round = 0; round < 200; round++) {
            random.nextBytes(header);
            CompactBits bits = CompactBits.ofTarget(
                    new BigInteger(256, random).shiftRight(random.nextInt(8)).setBit(200));
            int first = random.nextInt(Integer.MAX_VALUE - 300) * 2;
            assertThat(kernel.search(header, bits.targetLittleEndian(), first, 300))
                    .isEqualTo(byTheBook(header, bits, first, 300));
        }
    }

    private static OptionalInt byTheBook(byte[] header, CompactBits bits, int first, int count) {
        byte[] tried = Arrays.copyOf(header, 80);
        for (int i = 0; i < count; i++) {
            int nonce = first + i;
            for (int b = 0; b < 4; b++) {
                tried[76 + b] = (byte) (nonce >>> 8 * b);
            }
            Hash id = Sha256.doubleHash(tried);
            if (bits.isMetBy(id)) {
                return OptionalInt.of(nonce);
            }
        }
        return OptionalInt.empty();
    }
}
