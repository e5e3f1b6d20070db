package synod.chain.state;

import java.util.ArrayList;
import java.util.List;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.RejectedException;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/** The transactions of a block that is being built. */
record BlockBody(List<Transaction> transactions, List<BlockDraft.Skipped> skipped) {
    /** Encoded size of a block without transactions and without the engine field's bytes. */
    static final int HEADER_BYTES = BlockHeader.OUTER_BYTES + HeaderCore.MIN_BYTES + Integer.BYTES;

    /**
     * Executes the candidates that can be, as far as they find room.
     *
     * @param roomBytes for transactions
     */
    static BlockBody choose(Execution execution, Iterable<Transaction> candidates, int maxCandidates, int roomBytes) {
        List<Transaction> chosen = new ArrayList<>();
        List<BlockDraft.Skipped> skipped = new ArrayList<>();
        int room = roomBytes;
        int seen = 0;
        for (Transaction candidate : candidates) {
            if (seen++ == maxCandidates || room < Transaction.MIN_BYTES) {
                break;
            }
            if (candidate.size() > room) {
                continue;
            }
            try {
                execution.apply(candidate);
                chosen.add(candidate);
                room -= candidate.size();
            } catch (RejectedException e) {
                skipped.add(new BlockDraft.Skipped(candidate, e.rejection()));
            }
        }
        return new BlockBody(chosen, skipped);
    }

    /** The block with these transactions and what their execution gave. */
    Block assemble(
            BlockTemplate template, Hash chainId, long height, Hash parent, Hash stateRoot, Execution.Outcome outcome) {
        HeaderCore core = new HeaderCore(
                chainId,
                height,
                0,
                template.timeMillis(),
                template.proposer(),
                Block.transactionsRoot(transactions),
                stateRoot,
                BlockChecks.receiptsRoot(outcome.receipts()),
                outcome.validators().root(),
                template.engineField());
        return new Block(new BlockHeader(BlockHeader.VERSION, parent, core, template.bits(), 0), transactions);
    }
}
