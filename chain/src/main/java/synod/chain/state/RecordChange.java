package synod.chain.state;

import java.util.Optional;
import synod.chain.StateKey;

/**
 * What a block does to one record.
 *
 * @param before its value before the block; empty if there was none
 * @param after its value after the block; empty if there is none
 */
record RecordChange(StateKey key, Optional<byte[]> before, Optional<byte[]> after) {
    RecordChange reversed() {
        return new RecordChange(key, after, before);
    }
}
