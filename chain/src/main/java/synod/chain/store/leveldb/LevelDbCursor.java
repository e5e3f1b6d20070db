package synod.chain.store.leveldb;

import java.util.Map;
import java.util.function.Function;
import org.iq80.leveldb.DBIterator;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Cursor;
import synod.chain.store.KeyRange;

/** Walks over a range with an iterator of the library. */
final class LevelDbCursor implements Cursor {
    private final DBIterator iterator;
    private final KeyRange range;
    private final boolean reverse;
    private final Function<RuntimeException, RuntimeException> translation;
    private Map.@Nullable Entry<byte[], byte[]> here;
    private boolean started;

    LevelDbCursor(
            DBIterator iterator,
            KeyRange range,
            boolean reverse,
            Function<RuntimeException, RuntimeException> translation) {
        this.iterator = iterator;
        this.range = range;
        this.reverse = reverse;
        this.translation = translation;
    }

    @Override
    public boolean next() {
        try {
            if (!started) {
                started = true;
                seek();
            }
            here = advance();
        } catch (RuntimeException e) {
            here = null;
            throw translation.apply(e);
        }
        return here != null;
    }

    /** Puts the iterator between two entries: after it are those from its place on, before it the smaller ones. */
    private void seek() {
        if (!reverse) {
            iterator.seek(range.from());
        } else if (range.to().isPresent()) {
            iterator.seek(range.to().get());
        } else {
            iterator.seekToLast();
        }
    }

    private Map.@Nullable Entry<byte[], byte[]> advance() {
        if (reverse ? !iterator.hasPrev() : !iterator.hasNext()) {
            return null;
        }
        Map.Entry<byte[], byte[]> entry = reverse ? iterator.prev() : iterator.next();
        return range.contains(entry.getKey()) ? entry : null;
    }

    @Override
    public byte[] key() {
        return entry().getKey();
    }

    @Override
    public byte[] value() {
        return entry().getValue();
    }

    @Override
    public void close() {
        here = null;
        iterator.close();
    }

    private Map.Entry<byte[], byte[]> entry() {
        if (here == null) {
            throw new IllegalStateException("the cursor stands on no entry");
        }
        return here;
    }
}
