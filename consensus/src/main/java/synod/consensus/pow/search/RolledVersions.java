package synod.consensus.pow.search;

import synod.chain.BlockHeader;

/** The versions of one header among which a kernel searches, counted from 0: the header's own. */
final class RolledVersions {
    private static final int SHIFT = Integer.numberOfTrailingZeros(BlockHeader.VERSION_ROLLING_MASK);

    private RolledVersions() {}

    /** The header's version, read from its bytes, with the number of the version rolled into its free bits. */
    static int version(byte[] header, int index) {
        return littleEndian(header) ^ index << SHIFT;
    }

    /** A copy of the header with another version. */
    static byte[] withVersion(byte[] header, int version) {
        byte[] copy = header.clone();
        for (int i = 0; i < Integer.BYTES; i++) {
            copy[i] = (byte) (version >>> Byte.SIZE * i);
        }
        return copy;
    }

    private static int littleEndian(byte[] header) {
        return header[0] & 0xff | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16 | header[3] << 24;
    }
}
