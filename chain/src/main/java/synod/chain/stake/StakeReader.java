package synod.chain.stake;

import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.StateKey;

/** Reads the state's records about stake as they are at some point of a branch. */
@FunctionalInterface
public interface StakeReader {
    /** Reads a value from a record's bytes. */
    @FunctionalInterface
    interface Decoding<T> {
        /** The value of all the bytes. */
        T decode(byte[] record) throws RejectedException;
    }

    /**
     * The record under this key, if there is one. One that does not decode is a damaged store and no Optional.
     *
     * @param what names the record where it is unreadable
     */
    <T> Optional<T> read(StateKey key, String what, Decoding<T> decoding);
}
