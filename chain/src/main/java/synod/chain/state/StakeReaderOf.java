package synod.chain.state;

import java.util.Optional;
import synod.chain.StateKey;
import synod.chain.stake.StakeReader;

/** The records about stake as they are after some block. */
record StakeReaderOf(RecordReader records) implements StakeReader {
    @Override
    public <T> Optional<T> read(StateKey key, String what, Decoding<T> decoding) {
        return records.read(key).map(bytes -> Stored.read(bytes, what, decoding::decode));
    }
}
