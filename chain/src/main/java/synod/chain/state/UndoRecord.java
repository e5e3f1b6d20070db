package synod.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What takes a block off the state in the store.
 *
 * @param block the block's id
 * @param parent its parent's id
 * @param parentStateRoot the root of the state before the block
 * @param records the records that the block changed, with their values before it
 * @param transactions ids of the block's transactions
 * @param touched the addresses whose history has a row at the block's height
 */
record UndoRecord(
        Hash block,
        Hash parent,
        Hash parentStateRoot,
        List<Previous> records,
        List<Hash> transactions,
        List<Address> touched) {

    /** A record's value before the block; empty if there was none. */
    record Previous(StateKey key, Optional<byte[]> value) {}

    byte[] encode() {
        Encoder out = new Encoder(128 + records.size() * 64 + (transactions.size() + touched.size()) * Hash.LENGTH)
                .hash(block)
                .hash(parent)
                .hash(parentStateRoot)
                .u32(records.size());
        for (Previous record : records) {
            out.bytes8(record.key().bytes()).u8(record.value().isPresent() ? 1 : 0);
            record.value().ifPresent(out::bytes16);
        }
        out.u32(transactions.size());
        transactions.forEach(out::hash);
        out.u32(touched.size());
        touched.forEach(address -> out.hash(address.digest()));
        return out.toBytes();
    }

    static UndoRecord decode(byte[] row) throws RejectedException {
        Decoder in = new Decoder(row);
        Hash block = in.hash();
        Hash parent = in.hash();
        Hash parentStateRoot = in.hash();
        int count = in.count(Integer.MAX_VALUE, 3);
        List<Previous> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StateKey key = StateKey.decode(in);
            boolean present = in.u8() != 0;
            records.add(new Previous(key, present ? Optional.of(in.bytes16(0xffff)) : Optional.empty()));
        }
        List<Hash> transactions = hashes(in);
        List<Address> touched = hashes(in).stream().map(Address::new).toList();
        in.finish();
        return new UndoRecord(block, parent, parentStateRoot, records, transactions, touched);
    }

    private static List<Hash> hashes(Decoder in) throws RejectedException {
        int count = in.count(Integer.MAX_VALUE, Hash.LENGTH);
        List<Hash> hashes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(in.hash());
        }
        return hashes;
    }
}
