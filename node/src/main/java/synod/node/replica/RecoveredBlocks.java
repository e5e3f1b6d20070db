package synod.node.replica;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.store.Position;
import synod.chain.tree.BlockIndex;
import synod.chain.tree.Insertion;
import synod.consensus.Consensus;
import synod.crypto.Hash;

/**
 * Puts the journal's blocks back into the tree. They were checked before they were journaled; but bodies arrive in any
 * order, so a block may stand before its parent there.
 */
final class RecoveredBlocks {
    private final BlockIndex index;
    private final Consensus consensus;
    private final Map<Hash, List<Found>> waitingForParent = new HashMap<>();

    private record Found(SealedBlock block, Position position) {}

    /** A block that is in the tree now, and where its body stands. */
    record Linked(Hash id, Position position) {}

    RecoveredBlocks(BlockIndex index, Consensus consensus) {
        this.index = index;
        this.consensus = consensus;
    }

    /** Takes the next block of the journal; returns those that are in the tree now and were not, ancestors first. */
    List<Linked> add(SealedBlock block, Position position) {
        List<Linked> linked = new ArrayList<>();
        Deque<Found> ready = new ArrayDeque<>();
        ready.add(new Found(block, position));
        while (!ready.isEmpty()) {
            Found found = ready.removeFirst();
            Block candidate = found.block().block();
            if (index.node(candidate.header().parent()).isEmpty()) {
                waitingForParent
                        .computeIfAbsent(candidate.header().parent(), _ -> new ArrayList<>())
                        .add(found);
                continue;
            }
            if (index.insert(candidate.header(), found.block().seal(), consensus.weight(candidate.header()))
                    instanceof Insertion.Added(var node)) {
                linked.add(new Linked(node.id(), found.position()));
                ready.addAll(waitingForParent.getOrDefault(node.id(), List.of()));
                waitingForParent.remove(node.id());
            }
        }
        return linked;
    }

    /** The journal is read to its end: what has no parent by now never will. */
    void finish() {
        waitingForParent.clear();
    }
}
