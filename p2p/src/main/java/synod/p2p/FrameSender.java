package synod.p2p;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;

/** The sending half of a connection: a queue with a bound in bytes. For any thread, and never blocks. */
final class FrameSender {
    /** What a queued frame costs beyond its bytes; counted so that many small frames are bounded, too. */
    static final int FRAME_OVERHEAD_BYTES = 256;

    private final Channel channel;
    private final long maxBytes;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile long progressNanos;

    FrameSender(Channel channel, long maxBytes, long nowNanos) {
        this.channel = channel;
        this.maxBytes = maxBytes;
        this.progressNanos = nowNanos;
    }

    /** Queues a frame; false if there is no room. A frame larger than all room fits in an empty queue. */
    boolean send(Frame frame) {
        long cost = frame.wireBytes() + FRAME_OVERHEAD_BYTES;
        long before = waiting.getAndAdd(cost);
        if (before == 0) {
            progressNanos = System.nanoTime();
        } else if (before + cost > maxBytes) {
            waiting.addAndGet(-cost);
            return false;
        }
        channel.writeAndFlush(encode(frame)).addListener(written -> {
            waiting.addAndGet(-cost);
            sent.addAndGet(written.isSuccess() ? frame.wireBytes() : 0);
            progressNanos = System.nanoTime();
        });
        return true;
    }

    /** Queues a frame whatever the bound: the last one. */
    void sendLast(Frame frame) {
        channel.writeAndFlush(encode(frame));
    }

    private ByteBuf encode(Frame frame) {
        ByteBuf header = channel.alloc().heapBuffer(Frame.HEADER_BYTES);
        header.writeInt(frame.payload().length).writeByte(frame.kind());
        return Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(frame.payload()));
    }

    /** Bytes that wait, with what each frame costs beyond its own. */
    long waitingBytes() {
        return waiting.get();
    }

    /** Bytes of frames that went to the socket so far. */
    long sentBytes() {
        return sent.get();
    }

    /** For how long bytes have been waiting without any going; 0 if none wait. */
    long stalledNanos(long nowNanos) {
        return waiting.get() == 0 ? 0 : nowNanos - progressNanos;
    }
}
