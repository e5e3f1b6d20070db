package synod.node.stratum;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import tools.jackson.databind.JsonNode;

/**
 * Builds headers from {@code mining.notify} as existing miners do, from the wire's fields alone, and knows nothing of the
 * server's own types.
 */
final class TestMiner {
    static final String PREFIX = "dev";
    static final String ALICE = DevelopmentKeys.address("alice").format(PREFIX);

    private static final HexFormat HEX = HexFormat.of();

    private TestMiner() {}

    /** A candidate on the head with this number. */
    static Block candidate(int head, int bits) {
        return candidate(head, bits, 0);
    }

    /** The same, so many milliseconds later. */
    static Block candidate(int head, int bits, int laterMillis) {
        HeaderCore core = new HeaderCore(
                Sha256.hash(new byte[] {9}),
                head + 1,
                0,
                1_700_000_000_000L + head + laterMillis,
                DevelopmentKeys.address("bob"),
                Sha256.hash(),
                Sha256.hash(new byte[] {1}),
                Sha256.hash(),
                Hash.ZERO,
                ByteString.EMPTY);
        Hash parent = Sha256.hash(new byte[] {2, (byte) head});
        return new Block(new BlockHeader(BlockHeader.VERSION, parent, core, bits, 0), List.of());
    }

    /** The 80 bytes of a job with these choices. */
    static byte[] header(JsonNode notify, String extraNonce1, String extraNonce2, int versionBits, int nonce) {
        byte[] coinbase = HEX.parseHex(text(notify, 2) + extraNonce1 + extraNonce2 + text(notify, 3));
        byte[] root = Sha256.doubleHash(coinbase).bytes();
        for (JsonNode branch : notify.path(4)) {
            root = Sha256.doubleHash(root, HEX.parseHex(branch.stringValue())).bytes();
        }
        byte[] header = new byte[80];
        putReversed(header, 0, HexFormat.fromHexDigits(text(notify, 5)) | versionBits);
        byte[] previous = HEX.parseHex(text(notify, 1));
        for (int i = 0; i < 32; i++) {
            header[4 + i] = previous[i ^ 3];
        }
        System.arraycopy(root, 0, header, 36, 32);
        putReversed(header, 68, HexFormat.fromHexDigits(text(notify, 7)));
        putReversed(header, 72, HexFormat.fromHexDigits(text(notify, 6)));
        setNonce(header, nonce);
        return header;
    }

    static void setNonce(byte[] header, int nonce) {
        putReversed(header, 76, nonce);
    }

    /** The hash as the number that targets limit. */
    static BigInteger number(byte[] header) {
        byte[] id = Sha256.doubleHash(header).bytes();
        byte[] reversed = new byte[id.length];
        for (int i = 0; i < id.length; i++) {
            reversed[i] = id[id.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static void putReversed(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    private static String text(JsonNode array, int index) {
        return array.path(index).stringValue();
    }
}
