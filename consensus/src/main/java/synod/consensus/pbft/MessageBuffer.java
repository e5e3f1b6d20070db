package synod.consensus.pbft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import synod.consensus.Buffer;
import synod.crypto.PublicKey;

/**
 * Messages about heights that are not open here yet: others are a little faster. It keeps those between the water marks
 * (OSDI §4.2), of each member one of a kind for each height; what it does not take, its sender sends again.
 */
final class MessageBuffer {
    /** The high water mark: so many heights above the open one. */
    static final int WINDOW = 4;

    /** Pre-prepares, prepares, commits and view changes. */
    private static final int KINDS = 4;

    private final TreeMap<Long, TreeMap<Slot, PbftMessage>> byHeight = new TreeMap<>();

    private record Slot(PublicKey sender, PbftMessage.Kind kind) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int order = sender.compareTo(other.sender);
            return order != 0 ? order : kind.compareTo(other.kind);
        }
    }

    /**
     * Takes a message about a coming height.
     *
     * @param view the view that the next height will probably begin in: only its primary's proposals, which are large,
     *     are kept
     */
    void add(PbftMessage message, OpenHeight open, long view) {
        boolean isKept = message.kind().compareTo(PbftMessage.Kind.VIEW_CHANGE) <= 0;
        if (!isKept || message.height() <= open.height() || message.height() > open.height() + WINDOW) {
            return;
        }
        message.author()
                .filter(open.members()::contains)
                .filter(sender -> !(message instanceof PrePrepare) || sender.equals(open.primary(view)))
                .ifPresent(sender -> byHeight.computeIfAbsent(message.height(), _ -> new TreeMap<>())
                        .put(new Slot(sender, message.kind()), message));
    }

    /** Takes out what waited for this height; what is about lower ones is dropped. In the order proposals, votes. */
    List<PbftMessage> take(long height) {
        byHeight.headMap(height).clear();
        TreeMap<Slot, PbftMessage> waiting = byHeight.remove(height);
        List<PbftMessage> messages = new ArrayList<>(waiting == null ? List.of() : waiting.values());
        messages.sort(Comparator.comparing(PbftMessage::kind));
        return messages;
    }

    /** How full it is, where so many members can fill it. */
    Buffer fill(int members) {
        return new Buffer("messages about coming heights", size(), (long) WINDOW * members * KINDS);
    }

    int size() {
        return byHeight.values().stream().mapToInt(TreeMap::size).sum();
    }
}
