package synod.chain.state;

import java.util.List;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;

/**
 * A block that the ledger would accept on its head, but for what its engine still has to add (the header's nonce, a
 * seal).
 *
 * @param block the block, with a nonce and an extra nonce of zero
 * @param skipped the candidates that broke a rule where they stood; those that merely found no room are not among them
 */
public record BlockDraft(Block block, List<Skipped> skipped) {
    /** Copies the list. */
    public BlockDraft {
        skipped = List.copyOf(skipped);
    }

    /** A candidate that was left out, and why. */
    public record Skipped(Transaction transaction, Rejection rejection) {}
}
