package synod.node.wire;

import java.util.List;
import synod.chain.SealedBlock;
import synod.chain.transaction.Transaction;
import synod.consensus.Message;
import synod.crypto.Hash;

/** What one node says to another. Lists are bounded by the constants here; longer ones are refused when decoded. */
public sealed interface WireMessage {
    /** Most ids in a locator. */
    int MAX_LOCATOR = 64;

    /** Most headers in one answer. */
    int MAX_HEADERS = 512;

    /** Most blocks in one request. */
    int MAX_BLOCKS = 32;

    /** Most transaction ids in one message. */
    int MAX_TRANSACTIONS = 1024;

    /** Asks for headers after the first of these ids that stands on the other's adopted branch. */
    record GetHeaders(List<Hash> locator) implements WireMessage {}

    /**
     * Headers, each the parent of the next: an answer to {@link GetHeaders}, or the announcement of a new head.
     *
     * @param last whether these reach the sender's head
     */
    record Headers(List<SealedHeader> headers, boolean last) implements WireMessage {}

    /** Asks for whole blocks; each comes as a {@link BlockBody}, or all that are unknown in one {@link NotFound}. */
    record GetBlocks(List<Hash> ids) implements WireMessage {}

    /** A whole block. */
    record BlockBody(SealedBlock block) implements WireMessage {}

    /** These blocks, asked for, are not here. */
    record NotFound(List<Hash> ids) implements WireMessage {}

    /** Asks for a block in compact form. */
    record GetCompactBlock(Hash id) implements WireMessage {}

    /** A block whose transactions are named by {@link ShortId}s, in their order. */
    record CompactBlock(SealedHeader header, List<ShortId> transactions) implements WireMessage {}

    /** Asks for the transactions at these places of a block, ascending. */
    record GetBlockTransactions(Hash block, List<Integer> indexes) implements WireMessage {}

    /** The answer to {@link GetBlockTransactions}, in the order asked for. */
    record BlockTransactions(Hash block, List<Transaction> transactions) implements WireMessage {}

    /** The sender has these transactions. */
    record HaveTransactions(List<Hash> ids) implements WireMessage {}

    /** Asks for transactions. */
    record GetTransactions(List<Hash> ids) implements WireMessage {}

    /** Transactions that were asked for. */
    record Transactions(List<Transaction> transactions) implements WireMessage {}

    /** A message of the consensus engine. */
    record EngineMessage(Message message) implements WireMessage {}
}
