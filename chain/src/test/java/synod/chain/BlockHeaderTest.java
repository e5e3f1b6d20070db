package synod.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class BlockHeaderTest {
    /** Real headers: their Merkle root stands where this project has the commitment. */
    @ParameterizedTest
    @ValueSource(strings = {"block0", "block125552", "version2"})
    void hasBitcoinsOuterLayoutAndId(String name) throws RejectedException {
        Vectors bitcoin = Vectors.load("bitcoin-headers.properties");
        byte[] raw = bitcoin.bytes(name + ".header");
        Decoder in = new Decoder(raw);
        byte[] made = BlockHeader.outer(in.u32(), in.hash(), in.hash(), in.u32(), in.u32(), in.u32());
        in.finish();

        assertThat(HexFormat.of().formatHex(made)).isEqualTo(bitcoin.text(name + ".header"));
        assertThat(reversed(Sha256.doubleHash(made))).isEqualTo(bitcoin.text(name + ".displayedId"));
    }

    @Test
    void hashesItsOuterBytesOnly() {
        BlockHeader header = Samples.BLOCK.header();
        assertThat(header.id()).isEqualTo(Sha256.doubleHash(header.outerBytes()));
        assertThat(Hash.of(header.outerBytes(), 36)).isEqualTo(header.core().commitment());
    }

    @Test
    void refusesACommitmentThatIsNotTheCores() {
        byte[] bytes = Samples.BLOCK.header().encode();
        bytes[36] ^= 1;
        assertMalformed(bytes, "a header whose commitment is not its core's digest");
    }

    @Test
    void refusesATimeThatIsNotTheCores() {
        byte[] bytes = Samples.BLOCK.header().encode();
        bytes[68] ^= 1;
        assertMalformed(bytes, "a header whose time is not its core's second");
    }

    @Test
    void refusesAnEngineFieldThatIsTooLong() {
        byte[] bytes = new Encoder(0)
                .raw(Samples.BLOCK.header().encode())
                .raw(new byte[600])
                .toBytes();
        bytes[80 + HeaderCore.MIN_BYTES - 2] = 1;
        bytes[80 + HeaderCore.MIN_BYTES - 1] = 2;
        assertMalformed(bytes, "a length of 513, more than 512");
    }

    @Test
    void hasItsExtraNonceWhereMinersAreTold() {
        HeaderCore core = Samples.BLOCK.header().core();
        byte[] expected = core.encode();
        byte[] nonce = new Encoder(8).u64(-2).toBytes();
        System.arraycopy(nonce, 0, expected, HeaderCore.EXTRA_NONCE_OFFSET, 8);
        assertThat(core.withExtraNonce(-2).encode()).isEqualTo(expected);
    }

    private static void assertMalformed(byte[] bytes, String message) {
        assertThatThrownBy(() -> BlockHeader.decode(new Decoder(bytes)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(message);
    }

    /** Bitcoin shows ids with the last byte first. */
    private static String reversed(Hash hash) {
        byte[] bytes = hash.bytes();
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return HexFormat.of().formatHex(reversed);
    }
}
