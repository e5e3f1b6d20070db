package synod.chain.state;

import java.util.Optional;
import synod.chain.StateKey;

/** Reads the state's records as they are after some block. The arrays must not be changed. */
@FunctionalInterface
interface RecordReader {
    Optional<byte[]> read(StateKey key);
}
