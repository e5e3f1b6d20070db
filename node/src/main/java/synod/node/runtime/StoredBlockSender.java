package synod.node.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import synod.chain.store.Journal;
import synod.chain.store.Position;
import synod.p2p.NodeId;

/**
 * Sends journaled blocks to peers that ask for them, as they lie in the journal, without troubling the replica. One
 * virtual thread for each peer that waits for blocks; it pauses while the peer has enough on its way, so a slow peer
 * is served slowly and not cut off.
 */
final class StoredBlockSender {
    private static final int MAX_QUEUED_PER_PEER = 512;
    private static final long MAX_BYTES_ON_THE_WAY = 4L << 20;
    private static final long PAUSE_MILLIS = 2;

    private final Journal journal;
    private final PeerGateway gateway;
    private final Consumer<Throwable> onFailure;
    private final Map<NodeId, Queue<Position>> queues = new HashMap<>();

    /**
     * A sender that has nothing to send.
     *
     * @param onFailure hears of a journal that cannot be read
     */
    StoredBlockSender(Journal journal, PeerGateway gateway, Consumer<Throwable> onFailure) {
        this.journal = journal;
        this.gateway = gateway;
        this.onFailure = onFailure;
    }

    /** Queues blocks for a peer; what it asks beyond the bound it must ask again. */
    void send(NodeId to, List<Position> blocks) {
        synchronized (queues) {
            Queue<Position> queue = queues.get(to);
            boolean idle = queue == null;
            if (queue == null) {
                queue = new ArrayDeque<>();
                queues.put(to, queue);
            }
            for (Position block : blocks) {
                if (queue.size() < MAX_QUEUED_PER_PEER) {
                    queue.add(block);
                }
            }
            if (idle) {
                Thread.ofVirtual().name("blocks-" + to.shortText()).start(() -> serve(to));
            }
        }
    }

    private void serve(NodeId to) {
        try {
            for (Position next = next(to, true); next != null; next = next(to, awaitRoom(to))) {
                gateway.sendBlock(to, journal.read(next).payload());
            }
        } catch (RuntimeException e) {
            next(to, false);
            onFailure.accept(e);
        }
    }

    private @org.jspecify.annotations.Nullable Position next(NodeId to, boolean connected) {
        synchronized (queues) {
            Queue<Position> queue = queues.get(to);
            Position next = queue == null || !connected ? null : queue.poll();
            if (next == null) {
                queues.remove(to);
            }
            return next;
        }
    }

    /** Waits until the peer can take more; false if it is gone. */
    private boolean awaitRoom(NodeId to) {
        try {
            while (true) {
                long queued = gateway.queuedBytes(to);
                if (queued < MAX_BYTES_ON_THE_WAY) {
                    return queued >= 0;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
