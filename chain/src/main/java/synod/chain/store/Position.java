package synod.chain.store;

/**
 * A place in a {@link Journal}: a segment, counted from 1, and a byte in its file. Ordered as written.
 *
 * @param segment number of the segment, from 1
 * @param offset byte in the segment's file, from 0
 */
public record Position(int segment, int offset) implements Comparable<Position> {
    /** Checks the ranges. */
    public Position {
        if (segment < 1 || offset < 0) {
            throw new IllegalArgumentException("no place in a journal: segment " + segment + ", byte " + offset);
        }
    }

    /** The place that {@link #toLong} packed. */
    public static Position of(long packed) {
        return new Position((int) (packed >>> 32), (int) packed);
    }

    /** Both numbers in one, in an order that agrees with {@link #compareTo}; for indexes. */
    public long toLong() {
        return (long) segment << 32 | offset;
    }

    Position plus(int bytes) {
        return new Position(segment, Math.addExact(offset, bytes));
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(toLong(), other.toLong());
    }

    @Override
    public String toString() {
        return segment + ":" + offset;
    }
}
