package synod.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;

/** A header and the transactions that it names, in their order. */
public record Block(BlockHeader header, List<Transaction> transactions) {
    /** No network may allow larger blocks than this many encoded bytes. */
    public static final int MAX_BYTES = 8 << 20;

    /** What a block holds beside its transactions takes at most so many bytes: header, core, engine field, count. */
    public static final int MAX_BYTES_BESIDE_TRANSACTIONS =
            BlockHeader.OUTER_BYTES + HeaderCore.MIN_BYTES + HeaderCore.MAX_ENGINE_FIELD_BYTES + 4;

    /** Copies the list. */
    public Block {
        transactions = List.copyOf(transactions);
    }

    /** The header's id. */
    public Hash id() {
        return header.id();
    }

    public long height() {
        return header.height();
    }

    /** Header, u32 count, transactions. */
    public byte[] encode() {
        Encoder out = new Encoder(512 + transactions.size() * 192)
                .raw(header.encode())
                .u32(transactions.size());
        transactions.forEach(transaction -> out.raw(transaction.encode()));
        return out.toBytes();
    }

    /** Encoded size in bytes. */
    public int size() {
        return BlockHeader.OUTER_BYTES
                + HeaderCore.MIN_BYTES
                + header.core().engineField().size()
                + Integer.BYTES
                + transactions.stream().mapToInt(Transaction::size).sum();
    }

    /** RFC 6962 root over the encoded transactions. */
    public static Hash transactionsRoot(List<Transaction> transactions) {
        return MerkleTree.root(transactions.stream().map(Transaction::encode).toList());
    }

    /**
     * Refuses transactions that are not the header's. That says nothing about the header: other transactions may belong
     * to it.
     */
    public Optional<Rejection> checkTransactionsRoot() {
        Hash named = header.core().transactionsRoot();
        Hash found = transactionsRoot(transactions);
        return found.equals(named)
                ? Optional.empty()
                : Optional.of(new Rejection(
                        Reason.BAD_TRANSACTIONS_ROOT,
                        "the header names the transactions root " + named + ", and the transactions give " + found));
    }

    /** Reads a block; whether the transactions are those that the header names is for the execution to check. */
    public static Block decode(Decoder in) throws RejectedException {
        BlockHeader header = BlockHeader.decode(in);
        int count = in.count(MAX_BYTES / Transaction.MIN_BYTES, Transaction.MIN_BYTES);
        List<Transaction> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(Transaction.decode(in));
        }
        return new Block(header, transactions);
    }
}
