package synod.p2p;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import synod.p2p.policy.InboundBudget;

/**
 * The receiving half of a connection: cuts what arrives into frames and keeps to the budget.
 *
 * <p>While the inbox is full or the budget is spent, nothing is decoded and nothing is read from the socket, so that TCP
 * slows the sender down; what one socket read had brought already waits undecoded. Deadlines stand still meanwhile.
 * Everything happens on the connection's event loop.
 */
final class FrameReceiver {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Channel channel;
    private final PeerNetworkConfig.Timeouts timeouts;
    private final Sink sink;
    private final FrameDecoder decoder;
    private final InboundBudget budget;
    private final AtomicLong received = new AtomicLong();
    private final Deque<ByteBuf> unread = new ArrayDeque<>();
    private boolean inboxFull;
    private boolean budgetSpent;
    private boolean draining;
    private boolean decoding;
    private long lastReadNanos;
    private boolean frameStarted;
    private long frameStartedNanos;

    /** Where frames go. */
    interface Sink {
        /** Whether more frames are wanted. */
        boolean isOpen();

        /** A frame came. */
        void frame(Frame frame) throws MalformedFrameException;

        /** What came is no frame, or a frame that was refused; the rest of the stream is of no use. */
        void malformed(MalformedFrameException defect);
    }

    FrameReceiver(Channel channel, PeerNetworkConfig config, Sink sink, long nowNanos) {
        PeerNetworkConfig.Budgets budgets = config.budgets();
        this.channel = channel;
        this.timeouts = config.timeouts();
        this.sink = sink;
        this.decoder = new FrameDecoder(ControlKind.limits(config.limits()));
        this.budget = new InboundBudget(
                budgets.bytesPerSecond(),
                budgets.burstBytes(),
                budgets.framesPerSecond(),
                budgets.burstFrames(),
                timeouts.floodMillis() * NANOS_PER_MILLI,
                nowNanos);
        this.lastReadNanos = nowNanos;
    }

    /** Bytes arrived; they are released here. */
    void receive(ByteBuf bytes) {
        lastReadNanos = System.nanoTime();
        received.addAndGet(bytes.readableBytes());
        unread.add(bytes);
        decode();
    }

    private void decode() {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            while (sink.isOpen() && (draining || !isPaused()) && !unread.isEmpty()) {
                decodeSome(unread.element());
            }
        } catch (MalformedFrameException e) {
            sink.malformed(e);
        } finally {
            decoding = false;
        }
        if (decoder.midFrame() && !frameStarted) {
            frameStarted = true;
            frameStartedNanos = System.nanoTime();
        }
        // A connection that is closing reads on, and drops what comes, to see the other end close.
        channel.config().setAutoRead(!isPaused() || !sink.isOpen());
    }

    private void decodeSome(ByteBuf bytes) throws MalformedFrameException {
        Optional<Frame> frame = decoder.read(bytes);
        if (!bytes.isReadable()) {
            unread.remove().release();
        }
        if (frame.isPresent()) {
            frameStarted = false;
            pay(frame.get());
            sink.frame(frame.get());
        }
    }

    private void pay(Frame frame) {
        long waitNanos = budget.charge(frame.wireBytes(), System.nanoTime());
        if (waitNanos > 0 && !budgetSpent) {
            budgetSpent = true;
            channel.eventLoop()
                    .schedule(
                            () -> {
                                budgetSpent = false;
                                resume();
                            },
                            waitNanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Whether reading is suspended. */
    boolean isPaused() {
        return inboxFull || budgetSpent;
    }

    /** The inbox takes no more until {@link #roomAgain}. */
    void inboxFull() {
        inboxFull = true;
    }

    /** The inbox takes frames again. */
    void roomAgain() {
        inboxFull = false;
        resume();
    }

    private void resume() {
        lastReadNanos = System.nanoTime();
        frameStartedNanos = lastReadNanos;
        decode();
    }

    /** The socket is closed: what has arrived is decoded whatever the budget. */
    void drain() {
        draining = true;
        decode();
    }

    /** Gives up what has arrived and was not decoded. */
    void release() {
        while (!unread.isEmpty()) {
            unread.remove().release();
        }
    }

    /** Whether a frame was begun and should be whole by now. */
    boolean frameIsOverdue(long nowNanos) {
        long extraMillis = decoder.expectedBytes() * 1_000L / timeouts.frameBytesPerSecond();
        return !isPaused()
                && frameStarted
                && nowNanos - frameStartedNanos > (timeouts.frameMillis() + extraMillis) * NANOS_PER_MILLI;
    }

    /** For how long nothing has come although reading went on. */
    long silentNanos(long nowNanos) {
        return isPaused() ? 0 : nowNanos - lastReadNanos;
    }

    /** See {@link InboundBudget#takeGrossExcess}. */
    boolean takeGrossExcess(long nowNanos) {
        return budget.takeGrossExcess(nowNanos);
    }

    /** Bytes received so far; for any thread. */
    long receivedBytes() {
        return received.get();
    }
}
