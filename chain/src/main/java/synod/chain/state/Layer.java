package synod.chain.state;

import java.util.List;
import java.util.Optional;
import synod.chain.stake.EpochState;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Hash;

/**
 * A block above what the store holds.
 *
 * @param top the block and the state after it
 * @param parent the block below and the state after that
 * @param changes what the block did to records
 * @param versions the same, as they stand in the record table
 * @param rows the same, as they stand in the index
 */
record Layer(
        Top top,
        Top parent,
        List<RecordChange> changes,
        List<RecordTable.Version> versions,
        LedgerIndex.BlockRows rows) {
    /** A block, the tree of the state after it, whom its header names as validators, and its epoch where stake decides. */
    record Top(long height, Hash id, TreeNode root, ValidatorSet validators, Optional<EpochState> epoch) {}

    /** What will take the block off once it is in the store. */
    UndoRecord undo() {
        return new UndoRecord(
                top.id(),
                parent.id(),
                parent.root().hash(),
                changes.stream()
                        .map(change -> new UndoRecord.Previous(change.key(), change.before()))
                        .toList(),
                rows.transactions(),
                List.copyOf(rows.history().keySet()));
    }
}
