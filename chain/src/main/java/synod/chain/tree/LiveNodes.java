package synod.chain.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Position;
import synod.crypto.Hash;

/** The nodes in memory, found by id, by height and by weight. A parent that is not among them is complete. */
final class LiveNodes {
    private final Map<Hash, LiveNode> byId = new HashMap<>();
    private final NavigableSet<LiveNode> byHeight = new TreeSet<>(LiveNode.BY_HEIGHT);
    private final NavigableSet<LiveNode> byWeight = new TreeSet<>(LiveNode.HEAVIEST_FIRST);
    private final NavigableSet<LiveNode> incompleteLeaves = new TreeSet<>(LiveNode.HEAVIEST_FIRST);
    private int incomplete;
    private long arrivals;

    Optional<LiveNode> find(Hash id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many lack a body, their own or an ancestor's. */
    int incomplete() {
        return incomplete;
    }

    /** Adds a node without a body. */
    void add(BlockNode block) {
        LiveNode node = new LiveNode(block, arrivals++);
        byId.put(block.id(), node);
        byHeight.add(node);
        byWeight.add(node);
        incomplete++;
        incompleteLeaves.add(node);
        @Nullable LiveNode parent = byId.get(block.parent());
        if (parent != null) {
            parent.children().add(node);
            incompleteLeaves.remove(parent);
        }
    }

    /** Removes a node; live children stay. */
    void remove(LiveNode node) {
        byId.remove(node.id());
        byHeight.remove(node);
        byWeight.remove(node);
        incompleteLeaves.remove(node);
        if (!node.isComplete()) {
            incomplete--;
        }
        @Nullable LiveNode parent = byId.get(node.block().parent());
        if (parent != null) {
            parent.children().remove(node);
            if (parent.children().isEmpty() && !parent.isComplete()) {
                incompleteLeaves.add(parent);
            }
        }
    }

    /** The lightest node that lacks a body and has no children, except the one with this id. */
    Optional<LiveNode> weakestIncomplete(Hash except) {
        return incompleteLeaves.descendingSet().stream()
                .limit(2)
                .filter(node -> !node.id().equals(except))
                .findFirst();
    }

    /** Notes where a node's body is, and gives those that are complete now, ancestors first. */
    List<LiveNode> attach(LiveNode node, Position body) {
        node.attach(body);
        List<LiveNode> completed = new ArrayList<>();
        Deque<LiveNode> candidates = new ArrayDeque<>();
        candidates.add(node);
        while (!candidates.isEmpty()) {
            LiveNode candidate = candidates.removeFirst();
            if (candidate.body().isPresent() && hasCompleteParent(candidate)) {
                candidate.complete();
                incomplete--;
                incompleteLeaves.remove(candidate);
                completed.add(candidate);
                candidates.addAll(candidate.children());
            }
        }
        return completed;
    }

    private boolean hasCompleteParent(LiveNode node) {
        @Nullable LiveNode parent = byId.get(node.block().parent());
        return parent == null || parent.isComplete();
    }

    /** The live nodes up to this height, parents before children. */
    Collection<LiveNode> upTo(long height) {
        return byHeight.stream()
                .takeWhile(node -> node.block().height() <= height)
                .toList();
    }

    /** The live nodes above this height, parents before children. */
    Collection<LiveNode> above(long height) {
        return byHeight.stream()
                .dropWhile(node -> node.block().height() <= height)
                .toList();
    }

    /** All, the end of the heaviest branch first. */
    Stream<LiveNode> heaviestFirst() {
        return byWeight.stream();
    }
}
