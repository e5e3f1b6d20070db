package synod.node.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what was opened, and closes it in reverse order if not all could be. */
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private final Deque<Step> undo = new ArrayDeque<>();

    /** One thing to undo. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Something that was opened. */
    <T extends AutoCloseable> T opened(T part) {
        onFailure(part::close);
        return part;
    }

    /** What undoes something that was begun. */
    void onFailure(Step step) {
        undo.addFirst(step);
    }

    /** Everything is open: nothing is to be undone any more. */
    void done() {
        undo.clear();
    }

    /** Undoes what was not declared done. One part's failure to close does not keep the others open. */
    void undoIfNotDone() {
        while (!undo.isEmpty()) {
            try {
                undo.removeFirst().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("a part of the node could not be closed", e);
            }
        }
    }
}
