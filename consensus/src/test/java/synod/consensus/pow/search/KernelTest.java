package synod.consensus.pow.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.chain.BlockHeader;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.search.code.GroupProgram;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Every kernel against SHA-256d by the book, and against headers of Bitcoin's chain. */
class KernelTest {
    private static final byte[] GENESIS = HexFormat.of()
            .parseHex("0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
                    + "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");

    private static final int GENESIS_NONCE = 2_083_236_893;

    /** Heights 0, 1, and blocks of versions 2, 3, 4 and with rolled bits. */
    private static final List<String> BITCOIN_HEADERS = List.of(
            HexFormat.of().formatHex(GENESIS),
            "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e"
                    + "1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299",
            "02000000b64ea7b7615283a01d9d6019f5bfbd694d2a534ca87a7d07aa0100000000000045ff55adc8d6bc183e9abfa7"
                    + "bdfef3e7b942d786dcd116e776ead8238451a238ac204f516e81021ad0f8cd01",
            "030000000d6ef1e411382c00d8fd5b9d0f1acb1748e4d3de33e4320500000000000000009437e2c5a160c8e40050354b"
                    + "a7eb0ad0df925da3c277d0e2ae7887cab9cd4a8e137f74558b1a1718d1d2bcad",
            "040000001cc480a37c0c176d109c45dbdb1289e0ebe83415c5218c0d000000000000000067feb9733954f8a3cb49e9fd"
                    + "0f290952ead9693cae85781e83298bf5dacb6bfd01d64f5689b21018078ee0f5",
            "12000020734713ff00fef0cd9fedd9545fa9316cacc5fd922c55220000000000000000008de88ecac287705b0548490f"
                    + "a5469d1e8ddaad7f0078a0fa73106b32f9a3138a272a7459dc5d01187e183e6d");

    static Stream<NonceKernel> kernels() {
        GroupProgram vector = GroupProgram.vector(GroupProgram.PIECE_WORDS).orElseThrow();
        return Stream.of(
                new DigestKernel(),
                new GroupKernel("scalar", GroupProgram.scalar(), 1),
                new GroupKernel("vector", vector, 1),
                new GroupKernel("rolling", vector, 8),
                new GroupKernel("rolling", vector, 16),
                new GroupKernel("rolling scalar", GroupProgram.scalar(), 2));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void findsTheNoncesOfBitcoinsHeaders(NonceKernel kernel) {
        for (String hex : BITCOIN_HEADERS) {
            byte[] header = HexFormat.of().parseHex(hex);
            int nonce = littleEndian(header, 76);
            byte[] target = new CompactBits(littleEndian(header, 72)).targetLittleEndian();
            assertThat(kernel.search(header, target, nonce - 77, 200))
                    .as(hex)
                    .contains(new Solution(littleEndian(header, 0), nonce));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void triesTheFirstNonceAndTheLastAndNoneBeyond(NonceKernel kernel) {
        byte[] target = new CompactBits(0x1d00ffff).targetLittleEndian();
        for (int count = 1; count <= 34; count++) {
            int last = GENESIS_NONCE - count + 1;
            assertThat(kernel.search(GENESIS, target, last, count)).isPresent();
            assertThat(kernel.search(GENESIS, target, last - 1, count)).isEmpty();
            assertThat(kernel.search(GENESIS, target, GENESIS_NONCE, count)).isPresent();
            assertThat(kernel.search(GENESIS, target, GENESIS_NONCE + 1, count)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void findsTheFirstNonceAndVersionThatMeetEachOfManyTargets(NonceKernel kernel) {
        Random random = new Random(7);
        byte[] header = new byte[80];
        for (int round = 0; round < 40; round++) {
            random.nextBytes(header);
            byte[] target = target(
                    new BigInteger(256, random).shiftRight(random.nextInt(14)).setBit(200));
            int count = 1 + random.nextInt(120);
            int first = random.nextInt() & -1 >>> 8 << 8 | random.nextInt(200);
            assertThat(kernel.search(header, target, first, count))
                    .as("round %d", round)
                    .isEqualTo(byTheBook(header, kernel.versions(), target, first, count));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void triesNoncesAsUnsignedNumbersUpToTheVeryLast(NonceKernel kernel) {
        byte[] header = new byte[80];
        for (int first : new int[] {-1, -7, -16, -17, -50, Integer.MAX_VALUE - 20, 0}) {
            int count = first < 0 ? -first : 40;
            byte[] target = bestHash(header, kernel.versions(), first, count);
            assertThat(kernel.search(header, target, first, count))
                    .isEqualTo(byTheBook(header, kernel.versions(), target, first, count))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void takesAHashThatEqualsTheTargetAndNoneAboveIt(NonceKernel kernel) {
        byte[] header = GENESIS.clone();
        byte[] best = bestHash(header, kernel.versions(), 1_000, 64);
        assertThat(kernel.search(header, best, 1_000, 64)).isPresent();
        byte[] below = target(new BigInteger(1, reversed(best)).subtract(BigInteger.ONE));
        assertThat(kernel.search(header, below, 1_000, 64)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void takesEverythingUnderTheHighestTargetAndNothingUnderTheLowest(NonceKernel kernel) {
        byte[] highest = new byte[32];
        Arrays.fill(highest, (byte) 0xff);
        assertThat(kernel.search(GENESIS, highest, 5, 40)).contains(new Solution(1, 5));
        assertThat(kernel.search(GENESIS, new byte[32], 5, 40)).isEmpty();
    }

    @Test
    void rollsOnlyTheBitsThatAreFreeForMinersAndEachVersionOnce() {
        byte[] header = GENESIS.clone();
        header[2] = 0x55;
        List<Integer> versions = new ArrayList<>();
        for (int i = 0; i < 1 << 16; i++) {
            int version = RolledVersions.version(header, i);
            assertThat((version ^ 0x0055_0001) & ~BlockHeader.VERSION_ROLLING_MASK)
                    .isZero();
            versions.add(version);
        }
        assertThat(versions).doesNotHaveDuplicates().startsWith(0x0055_0001);
    }

    private static Optional<Solution> byTheBook(byte[] header, int versions, byte[] target, int first, int count) {
        for (int i = 0; i < count; i++) {
            for (int index = 0; index < versions; index++) {
                int version = RolledVersions.version(header, index);
                if (number(header, version, first + i).compareTo(new BigInteger(1, reversed(target))) <= 0) {
                    return Optional.of(new Solution(version, first + i));
                }
            }
        }
        return Optional.empty();
    }

    /** The lowest of all hashes of a range, as a target. */
    private static byte[] bestHash(byte[] header, int versions, int first, int count) {
        BigInteger best = BigInteger.ONE.shiftLeft(256);
        for (int i = 0; i < count; i++) {
            for (int index = 0; index < versions; index++) {
                best = best.min(number(header, RolledVersions.version(header, index), first + i));
            }
        }
        return target(best);
    }

    private static BigInteger number(byte[] header, int version, int nonce) {
        byte[] tried = header.clone();
        for (int b = 0; b < 4; b++) {
            tried[b] = (byte) (version >>> 8 * b);
            tried[76 + b] = (byte) (nonce >>> 8 * b);
        }
        Hash id = Sha256.doubleHash(tried);
        return new BigInteger(1, reversed(id.bytes()));
    }

    private static byte[] target(BigInteger number) {
        byte[] bigEndian = number.toByteArray();
        byte[] target = new byte[32];
        for (int i = 0; i < Math.min(bigEndian.length, 32); i++) {
            target[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return target;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }
}
