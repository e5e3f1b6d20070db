package synod.consensus.pow.search;

import java.util.function.Consumer;

/** Calibrates on a thread of its own, beside a search that has begun with the JDK's SHA-256. */
public final class KernelChooser implements AutoCloseable {
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts at once.
     *
     * @param onChosen takes what was found, on the chooser's thread
     */
    public KernelChooser(Consumer<KernelCalibration.Outcome> onChosen) {
        thread = new Thread(
                () -> new KernelCalibration(() -> closed, speed -> {}).run().ifPresent(onChosen),
                "nonce-search-calibration");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Stops within a second, if it is not done. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
