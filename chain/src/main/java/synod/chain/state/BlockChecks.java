package synod.chain.state;

import java.util.List;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;

/** What the ledger demands of a block, step by step. */
final class BlockChecks {
    private BlockChecks() {}

    /** Refuses a block that does not stand on this head of this chain. */
    static void checkPlace(BlockHeader header, Hash chainId, long headHeight, Hash headId) throws RejectedException {
        if (!header.core().chainId().equals(chainId)) {
            throw new RejectedException(
                    Reason.WRONG_CHAIN,
                    "the block is of the chain " + header.core().chainId() + ", not of " + chainId);
        }
        if (!header.parent().equals(headId)) {
            throw new RejectedException(
                    Reason.UNKNOWN_PARENT, "the block's parent is " + header.parent() + ", and the head is " + headId);
        }
        if (header.height() != headHeight + 1) {
            throw new RejectedException(
                    Reason.BAD_HEIGHT, "the height is " + header.height() + ", and the parent's is " + headHeight);
        }
    }

    /** Refuses transactions that are not the header's, then a block that is too large. */
    static void checkBody(Block block, LedgerRules rules) throws RejectedException {
        Optional<Rejection> otherTransactions = block.checkTransactionsRoot();
        if (otherTransactions.isPresent()) {
            throw new RejectedException(otherTransactions.get());
        }
        long bytes =
                BlockBody.HEADER_BYTES + block.header().core().engineField().size();
        for (Transaction transaction : block.transactions()) {
            bytes += transaction.size();
        }
        if (bytes > rules.maxBlockBytes()) {
            throw new RejectedException(
                    Reason.TOO_LARGE, "the block has " + bytes + " bytes of at most " + rules.maxBlockBytes());
        }
    }

    /** Executes transactions in their order, and says of a refusal which one it is about. */
    static void executeAll(Execution execution, List<Transaction> transactions) throws RejectedException {
        for (int i = 0; i < transactions.size(); i++) {
            try {
                execution.apply(transactions.get(i));
            } catch (RejectedException e) {
                throw new RejectedException(
                        e.rejection().reason(),
                        "transaction " + i + " (" + transactions.get(i).id() + "): "
                                + e.rejection().detail());
            }
        }
    }

    /** Refuses a header that names other results than the execution's. */
    static void checkOutcome(HeaderCore core, Hash stateRoot, Hash receiptsRoot, Hash validatorsRoot)
            throws RejectedException {
        if (!core.receiptsRoot().equals(receiptsRoot)) {
            throw new RejectedException(
                    Reason.BAD_RECEIPTS_ROOT,
                    "the header names the receipts root " + core.receiptsRoot() + ", and the execution gives "
                            + receiptsRoot);
        }
        if (!core.validatorsRoot().equals(validatorsRoot)) {
            throw new RejectedException(
                    Reason.BAD_VALIDATORS_ROOT,
                    "the header names the validators root " + core.validatorsRoot()
                            + ", and those who decide the next block have " + validatorsRoot);
        }
        if (!core.stateRoot().equals(stateRoot)) {
            throw new RejectedException(
                    Reason.BAD_STATE_ROOT,
                    "the header names the state root " + core.stateRoot() + ", and the execution gives " + stateRoot);
        }
    }

    static Hash receiptsRoot(List<Receipt> receipts) {
        return MerkleTree.root(receipts.stream().map(Receipt::encode).toList());
    }
}
