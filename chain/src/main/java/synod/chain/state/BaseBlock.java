package synod.chain.state;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.store.DiskException;
import synod.crypto.Hash;

/**
 * The block at which the rows in the store stand, and whose chain they are of.
 *
 * @param genesis the genesis block's id
 * @param height the block's height
 * @param id the block's id
 * @param stateRoot the root of the state after it
 * @param undoFloor blocks above this height have undo records, those up to it have none
 */
record BaseBlock(Hash genesis, long height, Hash id, Hash stateRoot, long undoFloor) {
    /** Version of the whole format of rows; to be raised with every change to it. */
    private static final int FORMAT = 1;

    byte[] encode() {
        return new Encoder(128)
                .u16(FORMAT)
                .hash(genesis)
                .u64(height)
                .hash(id)
                .hash(stateRoot)
                .u64(undoFloor)
                .toBytes();
    }

    /**
     * Reads the row.
     *
     * @throws DiskException FOREIGN if it is of another format or of another genesis than this
     */
    static BaseBlock decode(byte[] row, Hash genesis) throws RejectedException {
        Decoder in = new Decoder(row);
        int format = in.u16();
        if (format != FORMAT) {
            throw foreign("it has format " + format + ", and this program reads format " + FORMAT);
        }
        BaseBlock base = new BaseBlock(in.hash(), in.u63(), in.hash(), in.hash(), in.u63());
        in.finish();
        if (!base.genesis.equals(genesis)) {
            throw foreign("it belongs to the chain " + base.genesis + ", not to " + genesis);
        }
        return base;
    }

    private static DiskException foreign(String what) {
        return new DiskException(
                DiskException.Kind.FOREIGN,
                "The stored state cannot be used: " + what
                        + ". Use the program and the genesis file that it was made with, or another data directory.");
    }
}
