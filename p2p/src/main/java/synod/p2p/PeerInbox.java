package synod.p2p;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of one connection on their way to the listener, and the virtual thread that takes them there. It is for
 * the connection to stop reading when there is no room; a frame that comes all the same is kept.
 */
final class PeerInbox {
    private static final Logger LOG = LoggerFactory.getLogger(PeerInbox.class);

    private final PeerInfo peer;
    private final PeerListener listener;
    private final int maxFrames;
    private final long maxBytes;
    private final Runnable onRoom;
    private final Runnable onListenerFailure;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private long bytes;
    private boolean full;
    private @Nullable String endReason;

    /**
     * An empty inbox.
     *
     * @param onRoom called on the listener's thread when a full inbox is half empty again
     * @param onListenerFailure called when the listener threw; must end the connection
     */
    PeerInbox(
            PeerInfo peer,
            PeerListener listener,
            int maxFrames,
            long maxBytes,
            Runnable onRoom,
            Runnable onListenerFailure) {
        this.peer = peer;
        this.listener = listener;
        this.maxFrames = maxFrames;
        this.maxBytes = maxBytes;
        this.onRoom = onRoom;
        this.onListenerFailure = onListenerFailure;
    }

    /** Adds a frame. Returns whether there is room for more; if not, {@code onRoom} will be called. */
    synchronized boolean offer(Frame frame) {
        if (endReason != null) {
            return true;
        }
        frames.add(frame);
        bytes += frame.wireBytes();
        full = frames.size() >= maxFrames || bytes >= maxBytes;
        notifyAll();
        return !full;
    }

    /** Nothing more will come. What is there is delivered first, unless it is to be discarded. */
    synchronized void end(String reason, boolean discard) {
        if (endReason == null) {
            endReason = reason;
        }
        if (discard) {
            frames.clear();
        }
        notifyAll();
    }

    /**
     * Delivers until the end. Runs on the peer's own thread.
     *
     * @param predecessor the thread of an earlier connection to the same peer, which must have finished first
     */
    void deliver(Optional<Thread> predecessor) throws InterruptedException {
        if (predecessor.isPresent()) {
            predecessor.get().join();
        }
        try {
            listener.connected(peer);
            for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
                listener.received(peer.id(), frame.get());
            }
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "the listener failed on peer {}; its connection is closed",
                    peer.id().shortText(),
                    e);
            onListenerFailure.run();
        }
        listener.disconnected(peer.id(), awaitEnd());
    }

    private Optional<Frame> next() throws InterruptedException {
        Frame frame;
        boolean roomAgain;
        synchronized (this) {
            while (frames.isEmpty() && endReason == null) {
                wait();
            }
            if (frames.isEmpty()) {
                return Optional.empty();
            }
            frame = frames.remove();
            bytes -= frame.wireBytes();
            roomAgain = full && endReason == null && frames.size() <= maxFrames / 2 && bytes <= maxBytes / 2;
            full = full && !roomAgain;
        }
        if (roomAgain) {
            onRoom.run();
        }
        return Optional.of(frame);
    }

    private synchronized String awaitEnd() throws InterruptedException {
        while (endReason == null) {
            wait();
        }
        return endReason;
    }
}
