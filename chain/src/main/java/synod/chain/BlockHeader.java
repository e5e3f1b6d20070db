package synod.chain;

import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * A block's header: Bitcoin's 80 bytes (version, parent, commitment, time, bits, nonce, all little-endian) and the core
 * that they commit to. The id is SHA-256d over the 80 bytes, under every engine.
 *
 * <p>Commitment and time are derived from the core, so a header that contradicts itself cannot be made; decoding one
 * is refused.
 */
public final class BlockHeader {
    /** Length of the outer header. */
    public static final int OUTER_BYTES = 80;

    /** The version that this software gives to blocks. */
    public static final int VERSION = 0x2000_0000;

    /** Bits 13 to 28 of the version are free for miners to roll (BIP 320). */
    public static final int VERSION_ROLLING_MASK = 0x1fff_e000;

    private final int version;
    private final Hash parent;
    private final HeaderCore core;
    private final int bits;
    private final int nonce;
    private final byte[] outer;
    private final Hash id;

    /**
     * A header.
     *
     * @param bits compact form of the target, zero under engines that do not mine
     * @param nonce what miners search, zero under engines that do not mine
     */
    public BlockHeader(int version, Hash parent, HeaderCore core, int bits, int nonce) {
        this.version = version;
        this.parent = parent;
        this.core = core;
        this.bits = bits;
        this.nonce = nonce;
        this.outer = outer(version, parent, core.commitment(), (int) (core.timeMillis() / 1000), bits, nonce);
        this.id = Sha256.doubleHash(outer);
    }

    /** Bitcoin's layout, with the commitment where Bitcoin has the Merkle root. */
    static byte[] outer(int version, Hash parent, Hash commitment, int timeSeconds, int bits, int nonce) {
        return new Encoder(OUTER_BYTES)
                .u32(version)
                .hash(parent)
                .hash(commitment)
                .u32(timeSeconds)
                .u32(bits)
                .u32(nonce)
                .toBytes();
    }

    /** Reads the 80 bytes and the core, and refuses a commitment or a time that is not the core's. */
    public static BlockHeader decode(Decoder in) throws RejectedException {
        int version = in.u32();
        Hash parent = in.hash();
        Hash commitment = in.hash();
        int time = in.u32();
        int bits = in.u32();
        int nonce = in.u32();
        HeaderCore core = HeaderCore.decode(in);
        BlockHeader header = new BlockHeader(version, parent, core, bits, nonce);
        if (time != (int) (core.timeMillis() / 1000)) {
            throw in.malformed("a header whose time is not its core's second");
        }
        if (!commitment.equals(Hash.of(header.outer, 36))) {
            throw in.malformed("a header whose commitment is not its core's digest");
        }
        return header;
    }

    /** The 80 bytes and the core. */
    public byte[] encode() {
        byte[] encodedCore = core.encode();
        return new Encoder(OUTER_BYTES + encodedCore.length)
                .raw(outer)
                .raw(encodedCore)
                .toBytes();
    }

    /** A copy of the 80 bytes that are hashed. */
    public byte[] outerBytes() {
        return outer.clone();
    }

    /** SHA-256d over the 80 bytes. */
    public Hash id() {
        return id;
    }

    public int version() {
        return version;
    }

    public Hash parent() {
        return parent;
    }

    public HeaderCore core() {
        return core;
    }

    public int bits() {
        return bits;
    }

    public int nonce() {
        return nonce;
    }

    public long height() {
        return core.height();
    }

    public long timeMillis() {
        return core.timeMillis();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockHeader that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "block " + height() + " " + id;
    }
}
