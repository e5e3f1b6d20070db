package synod.chain.state;

import java.util.List;
import synod.chain.store.WriteBatch;
import synod.crypto.Hash;

/**
 * A move of the base that was handed out as a batch and is perhaps not yet written.
 *
 * @param target where the base will be
 * @param layers from above the present base up to there
 * @param undoFloor blocks up to this height will have no undo records
 */
record Settlement(Layer.Top target, List<Layer> layers, long undoFloor) {
    List<List<RecordTable.Version>> versions() {
        return layers.stream().map(Layer::versions).toList();
    }

    List<LedgerIndex.BlockRows> rows() {
        return layers.stream().map(Layer::rows).toList();
    }

    /**
     * Appends the rows about blocks themselves: their ids, undo records, and which of them is the base.
     *
     * @param storedHeight the height up to which the store has such rows
     * @param oldFloor the height up to which the store has no undo records
     */
    void appendTo(WriteBatch out, Hash chainId, long storedHeight, long oldFloor) {
        for (long gone = target.height() + 1; gone <= storedHeight; gone++) {
            out.delete(Rows.block(gone)).delete(Rows.undo(gone));
        }
        for (long obsolete = oldFloor + 1; obsolete <= Math.min(undoFloor, storedHeight); obsolete++) {
            out.delete(Rows.undo(obsolete));
        }
        for (Layer layer : layers) {
            long height = layer.top().height();
            out.put(Rows.block(height), layer.top().id().bytes());
            if (height > undoFloor) {
                out.put(Rows.undo(height), layer.undo().encode());
            }
        }
        BaseBlock row = new BaseBlock(
                chainId, target.height(), target.id(), target.root().hash(), undoFloor);
        out.put(Rows.BASE, row.encode());
    }
}
