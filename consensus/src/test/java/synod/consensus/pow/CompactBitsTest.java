package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactBitsTest {
    /** btcd, {@code blockchain/difficulty_test.go}: TestBigToCompact and TestCompactToBig. */
    @Test
    void agreesWithTheVectorsOfBtcd() {
        assertThat(CompactBits.encode(BigInteger.ZERO)).isZero();
        assertThat(CompactBits.encode(BigInteger.valueOf(-1))).isEqualTo(25_231_360);
        assertThat(CompactBits.decode(10_000_000)).isZero();
    }

    /** Bitcoin Core, {@code arith_uint256_tests.cpp}, bignum_SetCompact: bits, the number, the number's bits. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 0, 00000000",
        "00123456, 0, 00000000",
        "01003456, 0, 00000000",
        "02000056, 0, 00000000",
        "03000000, 0, 00000000",
        "04000000, 0, 00000000",
        "00923456, 0, 00000000",
        "01803456, 0, 00000000",
        "02800056, 0, 00000000",
        "03800000, 0, 00000000",
        "04800000, 0, 00000000",
        "01123456, 12, 01120000",
        "01fedcba, -7e, 01fe0000",
        "02123456, 1234, 02123400",
        "03123456, 123456, 03123456",
        "04123456, 12345600, 04123456",
        "04923456, -12345600, 04923456",
        "05009234, 92340000, 05009234",
        "20123456, 1234560000000000000000000000000000000000000000000000000000000000, 20123456"
    })
    void agreesWithTheVectorsOfBitcoinCore(String bits, String number, String canonical) {
        int word = Integer.parseUnsignedInt(bits, 16);
        BigInteger expected = new BigInteger(number, 16);

        assertThat(CompactBits.decode(word)).isEqualTo(expected);
        assertThat(String.format("%08x", CompactBits.encode(expected))).isEqualTo(canonical);

        boolean usable = expected.signum() > 0 && bits.equals(canonical);
        if (usable) {
            assertThat(new CompactBits(word).target()).isEqualTo(expected);
        } else {
            assertThatThrownBy(() -> new CompactBits(word)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void neverSetsTheSignBitForAPositiveNumber() {
        assertThat(CompactBits.encode(BigInteger.valueOf(0x80))).isEqualTo(0x0200_8000); // Bitcoin Core, as above
    }

    @Test
    void saysWhatIsWrongWithATarget() {
        assertThatThrownBy(() -> new CompactBits(0x04923456)).hasMessage("0x04923456 is a negative target");
        assertThatThrownBy(() -> new CompactBits(0x04000000))
                .hasMessage("0x04000000 is a target of zero, which no hash can meet");
        assertThatThrownBy(() -> new CompactBits(0xff123456))
                .hasMessage("0xff123456 is a target of more than 256 bits");
    }

    @Test
    void refusesEveryFormButTheCanonicalOne() {
        assertThatThrownBy(() -> new CompactBits(0x1e0000ff))
                .hasMessage("0x1e0000ff is not the canonical form of its target, 0x1d00ff00");
    }

    @Test
    void takesTheLargestTargetOf256BitsAndNoneAbove() {
        assertThat(new CompactBits(0x2100ffff).target().bitLength()).isEqualTo(256);
        assertThatThrownBy(() -> new CompactBits(0x22010000)).hasMessageContaining("more than 256 bits");
        assertThatThrownBy(() -> new CompactBits(0x21010000)).hasMessageContaining("more than 256 bits");
    }

    @Test
    void roundsATargetDownByLessThanOneIn32768() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            BigInteger target = new BigInteger(1 + random.nextInt(256), random).setBit(0);
            BigInteger rounded = CompactBits.ofTarget(target).target();
            assertThat(rounded).isLessThanOrEqualTo(target);
            assertThat(target.subtract(rounded).shiftLeft(15)).isLessThanOrEqualTo(target);
        }
    }

    @Test
    void givesTheTargetInTheByteOrderOfIds() {
        byte[] bytes = new CompactBits(0x03123456).targetLittleEndian();
        assertThat(bytes).hasSize(32).startsWith(0x56, 0x34, 0x12, 0);
        assertThat(new CompactBits(0x2100ffff).targetLittleEndian()[31]).isEqualTo((byte) 0xff);
    }

    @Test
    void readsAndWritesItsText() {
        assertThat(CompactBits.parse("0x1D00FFFF")).hasToString("0x1d00ffff");
        assertThatThrownBy(() -> CompactBits.parse("1d00ffff"))
                .hasMessageContaining("'1d00ffff' is not a compact target");
    }
}
