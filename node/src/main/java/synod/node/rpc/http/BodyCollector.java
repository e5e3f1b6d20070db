package synod.node.rpc.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import synod.node.rpc.jsonrpc.ByteBudget;

/** A request's body as it comes in. Memory is taken as bytes arrive, not as headers promise, and from the budget. */
final class BodyCollector {
    private static final int FIRST_CAPACITY = 1024;

    private final int limit;
    private final ByteBudget budget;
    private byte[] bytes = new byte[0];
    private int size;

    BodyCollector(int limit, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** What became of an addition. */
    enum Outcome {
        ADDED,
        TOO_LARGE,
        NO_MEMORY
    }

    Outcome add(ByteBuf part) {
        int length = part.readableBytes();
        if (length > limit - size) {
            return Outcome.TOO_LARGE;
        }
        if (length > bytes.length - size) {
            int capacity = (int) Math.min(limit, Math.max(FIRST_CAPACITY, Math.max(2L * bytes.length, size + length)));
            if (!budget.take(capacity - bytes.length)) {
                return Outcome.NO_MEMORY;
            }
            bytes = Arrays.copyOf(bytes, capacity);
        }
        part.readBytes(bytes, size, length);
        size += length;
        return Outcome.ADDED;
    }

    /** What has come in; the memory stays taken until {@link #release}. */
    byte[] content() {
        return Arrays.copyOf(bytes, size);
    }

    int size() {
        return size;
    }

    void release() {
        budget.give(bytes.length);
        bytes = new byte[0];
        size = 0;
    }
}
