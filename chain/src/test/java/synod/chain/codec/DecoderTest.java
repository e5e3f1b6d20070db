package synod.chain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.crypto.Hash;

class DecoderTest {
    @Test
    void readsWhatTheEncoderWrites() throws RejectedException {
        Hash hash = Hash.parse("0123456789abcdef".repeat(4));
        byte[] bytes = new Encoder(0)
                .u8(0xfe)
                .u16(0xfedc)
                .u32(0xfedcba98)
                .u64(0xfedcba9876543210L)
                .u64(Long.MAX_VALUE)
                .hash(hash)
                .raw(new byte[] {1, 2})
                .bytes8(new byte[] {3})
                .bytes16(new byte[] {4, 5})
                .bytes32(new byte[] {6})
                .toBytes();
        Decoder in = new Decoder(bytes);
        assertThat(in.u8()).isEqualTo(0xfe);
        assertThat(in.u16()).isEqualTo(0xfedc);
        assertThat(in.u32()).isEqualTo(0xfedcba98);
        assertThat(in.u64()).isEqualTo(0xfedcba9876543210L);
        assertThat(in.u63()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.hash()).isEqualTo(hash);
        assertThat(in.raw(2)).containsExactly(1, 2);
        assertThat(in.bytes8(1)).containsExactly(3);
        int start = in.offset();
        assertThat(in.bytes16(2)).containsExactly(4, 5);
        assertThat(in.since(start)).containsExactly(2, 0, 4, 5);
        assertThat(in.bytes32(1)).containsExactly(6);
        in.finish();
    }

    @Test
    void writesTheLowestByteFirst() {
        byte[] bytes = new Encoder(0)
                .u16(0x0102)
                .u32(0x01020304)
                .u64(0x0102030405060708L)
                .toBytes();
        assertThat(bytes).containsExactly(2, 1, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void refusesToReadPastTheEnd() {
        assertMalformed(() -> new Decoder(new byte[0]).u8(), "cut short: 1 bytes expected, 0 left at offset 0");
        assertMalformed(() -> new Decoder(new byte[1]).u16(), "cut short: 2 bytes expected, 1 left at offset 0");
        assertMalformed(() -> new Decoder(new byte[3]).u32(), "cut short");
        assertMalformed(() -> new Decoder(new byte[7]).u64(), "cut short");
        assertMalformed(() -> new Decoder(new byte[31]).hash(), "cut short");
        assertMalformed(() -> new Decoder(new byte[31]).raw(32), "cut short");
    }

    @Test
    void refusesASignBitWhereANumberIsNotNegative() {
        byte[] bytes = new Encoder(8).u64(Long.MIN_VALUE).toBytes();
        assertMalformed(() -> new Decoder(bytes).u63(), "a value of 2^63 or more");
    }

    @Test
    void refusesALengthAboveTheMaximumBeforeItTakesMemory() {
        byte[] huge = new Encoder(8).u32(-1).toBytes();
        assertMalformed(
                () -> new Decoder(huge).bytes32(Integer.MAX_VALUE), "a length of 4294967295, more than 2147483647");
        assertMalformed(() -> new Decoder(new byte[] {3, 0, 0, 0}).bytes8(2), "a length of 3, more than 2");
        byte[] absent = new Encoder(8).u32(Integer.MAX_VALUE).toBytes();
        assertMalformed(() -> new Decoder(absent).bytes32(Integer.MAX_VALUE), "cut short");
    }

    @Test
    void refusesACountThatTheRestOfTheBytesCannotHold() throws RejectedException {
        byte[] two = new Encoder(8).u32(2).raw(new byte[9]).toBytes();
        assertMalformed(() -> new Decoder(two).count(10, 5), "a count of 2 where only 9 bytes follow");
        assertMalformed(() -> new Decoder(two).count(1, 1), "more than 1");
        assertThat(new Decoder(two).count(2, 4)).isEqualTo(2);
    }

    @Test
    void refusesBytesLeftOver() {
        assertMalformed(() -> new Decoder(new byte[2]).finish(), "2 bytes too many");
    }

    @Test
    void doesNotWriteALengthThatItsPrefixCannotHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Encoder(0).bytes8(new byte[256]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Encoder(0).bytes16(new byte[65_536]));
    }

    private static void assertMalformed(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.rejection().reason()).isEqualTo(Reason.MALFORMED))
                .hasMessageContaining(message);
    }
}
