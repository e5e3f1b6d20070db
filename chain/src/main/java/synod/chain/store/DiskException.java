package synod.chain.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Storage that cannot be used any further. The message is one or more whole sentences for the operator: what is
 * wrong, where, and what to do. A node that meets one stops.
 */
public class DiskException extends RuntimeException {
    /** What a caller can tell apart. */
    public enum Kind {
        /** No space is left. */
        FULL,
        /** Stored bytes are not those that were written. */
        DAMAGED,
        /** The stored data is sound, but of another chain or another format. */
        FOREIGN,
        /** An operation failed; what it left behind is not known. */
        FAILED
    }

    private final Kind kind;

    /** An error that this program found itself. */
    public DiskException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** An error that something below reported. */
    public DiskException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The sentences for the operator. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What went wrong. */
    public final Kind kind() {
        return kind;
    }
}
