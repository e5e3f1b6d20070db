package synod.node.rpc.jsonrpc;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Where an answer is written: bounded by itself and by a budget shared with all other answers. Its owner must
 * {@link #release} it once the bytes are gone.
 */
public final class AnswerBuffer extends OutputStream {
    /** Room that errors may use when results no longer may: those of a whole batch, each a few kilobytes at most. */
    private static final int ERROR_ROOM = 1 << 20;

    private static final int FIRST_CAPACITY = 512;

    private final int limit;
    private final ByteBudget budget;
    private byte[] bytes = new byte[0];
    private int size;
    private int charged;

    /** An empty buffer for results of at most so many bytes. */
    public AnswerBuffer(int limit, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Thrown while writing when the answer, or all answers together, would take too much memory. */
    static final class Overflow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean ofBudget;

        Overflow(boolean ofBudget) {
            super(ofBudget ? "the budget of all answers is used up" : "the answer is too large", null, false, false);
            this.ofBudget = ofBudget;
        }

        /** Whether it was the common budget and not this answer's own limit. */
        boolean ofBudget() {
            return ofBudget;
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        if (length > limit - size) {
            throw new Overflow(false);
        }
        if (length > bytes.length - size) {
            grow(size + length);
        }
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Errors are written even when no memory is left for results: they are small. */
    void writeError(byte[] source) {
        int needed = size + source.length;
        if (needed > limit + ERROR_ROOM) {
            throw new IllegalStateException("errors of more than " + ERROR_ROOM + " bytes in one answer");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, needed);
        }
        System.arraycopy(source, 0, bytes, size, source.length);
        size = needed;
    }

    private void grow(int needed) {
        int capacity = (int) Math.min(limit, Math.max(Math.max(FIRST_CAPACITY, needed), 2L * bytes.length));
        if (!budget.take(capacity - charged)) {
            throw new Overflow(true);
        }
        charged = capacity;
        bytes = Arrays.copyOf(bytes, capacity);
    }

    /** Forgets what was written after this size. */
    void truncate(int toSize) {
        size = toSize;
    }

    /** Bytes written. */
    public int size() {
        return size;
    }

    /** The array whose first {@link #size} bytes are the answer: no copy. */
    public byte[] array() {
        return bytes;
    }

    /** Gives the memory back to the budget. */
    public void release() {
        budget.give(charged);
        charged = 0;
    }
}
