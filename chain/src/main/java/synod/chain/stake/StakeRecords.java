package synod.chain.stake;

import java.util.Optional;
import synod.chain.StateKey;

/** The state's records about stake while a block is executed. */
public interface StakeRecords extends StakeReader {
    /** Writes a record; empty removes it. */
    void write(StateKey key, Optional<byte[]> value);
}
