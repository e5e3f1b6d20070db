package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Headers of Bitcoin's main chain: the genesis block, block 1, and blocks of versions 2, 3, 4 and with rolled bits. */
class BitcoinHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f,"
                + "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
                + "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c",
        "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048,"
                + "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e"
                + "1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299",
        "00000000000000d0dfd4c9d588d325dce4f32c1b31b7c0064cba7025a9b9adcc,"
                + "02000000b64ea7b7615283a01d9d6019f5bfbd694d2a534ca87a7d07aa0100000000000045ff55adc8d6bc183e9abfa7"
                + "bdfef3e7b942d786dcd116e776ead8238451a238ac204f516e81021ad0f8cd01",
        "00000000000000001121383bdf780af5290a88dcba88ad38c6be5369f4b6023b,"
                + "030000000d6ef1e411382c00d8fd5b9d0f1acb1748e4d3de33e4320500000000000000009437e2c5a160c8e40050354b"
                + "a7eb0ad0df925da3c277d0e2ae7887cab9cd4a8e137f74558b1a1718d1d2bcad",
        "0000000000000000098702b1f6f35cc002871e012dbdb383978d4d5ffc8b6617,"
                + "040000001cc480a37c0c176d109c45dbdb1289e0ebe83415c5218c0d000000000000000067feb9733954f8a3cb49e9fd"
                + "0f290952ead9693cae85781e83298bf5dacb6bfd01d64f5689b21018078ee0f5",
        "0000000000000000015411ca4b35f7b48ecab015b14de5627b647e262ba0ec40,"
                + "12000020734713ff00fef0cd9fedd9545fa9316cacc5fd922c55220000000000000000008de88ecac287705b0548490f"
                + "a5469d1e8ddaad7f0078a0fa73106b32f9a3138a272a7459dc5d01187e183e6d"
    })
    void meetsItsTarget(String id, String headerHex) {
        byte[] header = HexFormat.of().parseHex(headerHex);
        Hash hash = Sha256.doubleHash(header);
        CompactBits bits = new CompactBits(
                ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(72));

        assertThat(String.format("%064x", CompactBits.number(hash))).isEqualTo(id);
        assertThat(bits.isMetBy(hash)).isTrue();

        header[76] ^= 1;
        assertThat(bits.isMetBy(Sha256.doubleHash(header))).isFalse();
    }
}
