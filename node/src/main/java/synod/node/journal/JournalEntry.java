package synod.node.journal;

import java.util.ArrayList;
import java.util.List;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.consensus.Entry;
import synod.crypto.Hash;
import synod.node.wire.WireCodec;

/** One record of the node's journal. */
public sealed interface JournalEntry {
    /** A block with its seal, as the wire carries it. */
    record BlockEntry(SealedBlock block) implements JournalEntry {}

    /** A transaction whose acceptance was acknowledged to a client. */
    record AcknowledgedTransaction(Transaction transaction) implements JournalEntry {}

    /** Acknowledged transactions that a restart need not offer again: settled in blocks, or refused for good. */
    record TransactionsSettled(List<Hash> ids) implements JournalEntry {}

    /** A piece of the engine's durable state. */
    record EngineEntry(Entry entry) implements JournalEntry {}

    /** The byte that names the kind of record. */
    default int kind() {
        return switch (this) {
            case BlockEntry _ -> 1;
            case AcknowledgedTransaction _ -> 2;
            case TransactionsSettled _ -> 3;
            case EngineEntry _ -> 4;
        };
    }

    /** The record's payload. */
    default byte[] payload() {
        return switch (this) {
            case BlockEntry(SealedBlock block) -> WireCodec.encodeBlock(block);
            case AcknowledgedTransaction(Transaction transaction) -> transaction.encode();
            case TransactionsSettled(List<Hash> ids) -> {
                Encoder out = new Encoder(4 + ids.size() * Hash.LENGTH).u32(ids.size());
                ids.forEach(out::hash);
                yield out.toBytes();
            }
            case EngineEntry(Entry(ByteString key, ByteString value)) ->
                new Encoder(5 + key.size() + value.size())
                        .bytes8(key.bytes())
                        .bytes32(value.bytes())
                        .toBytes();
        };
    }

    /** Reads a record back; a rejection means that this software did not write it. */
    static JournalEntry decode(int kind, byte[] payload) throws RejectedException {
        Decoder in = new Decoder(payload);
        JournalEntry entry = switch (kind) {
            case 1 -> new BlockEntry(WireCodec.decodeBlock(in.raw(payload.length)));
            case 2 -> new AcknowledgedTransaction(Transaction.decode(in));
            case 3 -> new TransactionsSettled(hashes(in));
            case 4 ->
                new EngineEntry(new Entry(ByteString.of(in.bytes8(255)), ByteString.of(in.bytes32(payload.length))));
            default -> throw in.malformed("a journal record of unknown kind " + kind);
        };
        in.finish();
        return entry;
    }

    private static List<Hash> hashes(Decoder in) throws RejectedException {
        int count = in.count(Integer.MAX_VALUE, Hash.LENGTH);
        List<Hash> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(in.hash());
        }
        return ids;
    }
}
