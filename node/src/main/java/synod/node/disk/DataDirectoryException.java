package synod.node.disk;

import org.jspecify.annotations.Nullable;

/** A data directory that this node must not use. The message says why, and what to do. */
public final class DataDirectoryException extends RuntimeException {
    DataDirectoryException(String message) {
        this(message, null);
    }

    DataDirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
