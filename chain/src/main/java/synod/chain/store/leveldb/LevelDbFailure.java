package synod.chain.store.leveldb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import synod.chain.store.DiskException;

/** Says in sentences of ours what the library, which throws most kinds of exceptions, met in a directory. */
record LevelDbFailure(Path directory) {
    DiskException of(Exception cause) {
        String reason = reason(cause);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return new DiskException(
                    DiskException.Kind.FULL,
                    "No space is left for the index in " + directory + ". Free some and start the node again.",
                    cause);
        }
        if (lower.contains("unable to acquire lock")) {
            return new DiskException(
                    DiskException.Kind.FAILED,
                    "The index in " + directory + " is in use by another process. Stop that one first.",
                    cause);
        }
        return damaged(reason, cause);
    }

    DiskException damaged(String reason, Exception cause) {
        return new DiskException(
                DiskException.Kind.DAMAGED,
                "The index in " + directory + " cannot be used: " + reason
                        + ". Stop the node and run `synod node reindex` to build it again from the journal.",
                cause);
    }

    DiskException of(String action, IOException cause) {
        return new DiskException(
                DiskException.Kind.FAILED,
                "Could not " + action + " " + directory + ": " + reason(cause) + ". Check the directory's permissions.",
                cause);
    }

    /** The message of the first exception in the chain of causes, seen from its root, that has one. */
    private static String reason(Throwable thrown) {
        String reason = thrown.getClass().getSimpleName();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String message = t.getMessage();
            if (message != null && !message.isBlank()) {
                reason = t.getClass().getSimpleName() + ", " + message;
            }
        }
        return reason;
    }
}
