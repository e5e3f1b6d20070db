package synod.chain.state;

import synod.chain.RejectedException;
import synod.chain.store.DiskException;

/** Decodes what this program itself has written: bytes that do not decode are damage, not somebody's bad input. */
final class Stored {
    private Stored() {}

    /** Reads a value from bytes. */
    @FunctionalInterface
    interface Reading<T> {
        T decode(byte[] bytes) throws RejectedException;
    }

    static <T> T read(byte[] bytes, String what, Reading<T> reading) {
        try {
            return reading.decode(bytes);
        } catch (RejectedException e) {
            throw damaged(what + " is unreadable (" + e.rejection().detail() + ")");
        }
    }

    static DiskException damaged(String what) {
        return new DiskException(
                DiskException.Kind.DAMAGED,
                "The stored state is damaged: " + what + ". Rebuild the state from the journal (synod node reindex).");
    }
}
