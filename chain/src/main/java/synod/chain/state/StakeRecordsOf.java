package synod.chain.state;

import java.util.Optional;
import synod.chain.StateKey;
import synod.chain.stake.StakeRecords;

/** The records about stake among those that a block reads and writes. */
record StakeRecordsOf(WorkingSet state) implements StakeRecords {
    @Override
    public <T> Optional<T> read(StateKey key, String what, Decoding<T> decoding) {
        return state.record(key).map(bytes -> Stored.read(bytes, what, decoding::decode));
    }

    @Override
    public void write(StateKey key, Optional<byte[]> value) {
        state.setRecord(key, value);
    }
}
