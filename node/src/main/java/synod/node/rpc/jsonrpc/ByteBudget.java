package synod.node.rpc.jsonrpc;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of requests and answers may be held in memory at once, over all connections. */
public final class ByteBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** A budget of so many bytes. */
    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, or none and returns false. */
    public boolean take(long bytes) {
        if (taken.addAndGet(bytes) > limit) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        if (taken.addAndGet(-bytes) < 0) {
            throw new IllegalStateException("more bytes given back than taken");
        }
    }

    /** What is taken now. */
    public long taken() {
        return taken.get();
    }
}
