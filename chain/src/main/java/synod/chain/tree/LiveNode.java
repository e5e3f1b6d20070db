package synod.chain.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Position;
import synod.crypto.Hash;

/** A node that is not, or not only, in the store. */
final class LiveNode {
    /** By height, then by arrival: parents before children. */
    static final Comparator<LiveNode> BY_HEIGHT =
            Comparator.comparingLong((LiveNode node) -> node.block.height()).thenComparingLong(node -> node.sequence);

    /** The heaviest branch first, of equal ones the one that arrived first. */
    static final Comparator<LiveNode> HEAVIEST_FIRST = Comparator.comparing(
                    (LiveNode node) -> node.block.totalWeight(), Comparator.reverseOrder())
            .thenComparingLong(node -> node.sequence);

    private final BlockNode block;
    private final long sequence;
    private final List<LiveNode> children = new ArrayList<>(1);
    private @Nullable Position body;
    private boolean complete;

    LiveNode(BlockNode block, long sequence) {
        this.block = block;
        this.sequence = sequence;
    }

    BlockNode block() {
        return block;
    }

    Hash id() {
        return block.id();
    }

    /** The children that are live too. */
    List<LiveNode> children() {
        return children;
    }

    Optional<Position> body() {
        return Optional.ofNullable(body);
    }

    void attach(Position position) {
        body = position;
    }

    /** Whether its body and those of all its ancestors are here. */
    boolean isComplete() {
        return complete;
    }

    void complete() {
        complete = true;
    }
}
