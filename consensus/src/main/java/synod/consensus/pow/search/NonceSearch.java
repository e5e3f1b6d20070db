package synod.consensus.pow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;

/**
 * Searches nonces on its own threads, one candidate at a time, at low priority. A new candidate, {@link #cancel} and
 * {@link #close} take effect within milliseconds. When the 2³² nonces of a header are used up, the search goes on under
 * the next extra nonce.
 *
 * <p>A thread that meets a defect (a kernel's false result, say) ends with the exception, which goes to the process's
 * handler of uncaught exceptions.
 */
public final class NonceSearch implements AutoCloseable {
    /** Hashes between two looks at whether to stop: under a millisecond's work. */
    private static final int MAX_STRETCH = 4_096;

    /** Under a cap, a stretch is what the cap allows in this fraction of a second. */
    private static final int STRETCHES_PER_SECOND = 50;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SearchSettings settings;
    private final LongSupplier nanoTime;
    private final Consumer<Block> onSealed;
    private final Optional<HashRateLimiter> limiter;
    private final int stretch;
    private final HashRateMeter meter;
    private final String kernelName;
    private final List<Thread> threads = new ArrayList<>();

    private final Object lock = new Object();
    private @Nullable SearchJob job; // guarded by lock
    private boolean closed; // guarded by lock

    /**
     * Starts the threads, which wait for a candidate.
     *
     * @param kernels makes one kernel for each thread
     * @param nanoTime a clock such as {@code System::nanoTime}
     * @param onSealed takes a block whose nonce was found, on the thread that found it: it must hand on and return; at
     *     most once for each candidate, and never after another candidate or a cancellation was accepted, except when
     *     the two cross
     */
    public NonceSearch(
            SearchSettings settings, Supplier<NonceKernel> kernels, LongSupplier nanoTime, Consumer<Block> onSealed) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.onSealed = onSealed;
        this.limiter = settings.maxHashesPerSecond().isPresent()
                ? Optional.of(new HashRateLimiter(settings.maxHashesPerSecond().getAsLong()))
                : Optional.empty();
        this.stretch = stretchFor(settings);
        this.meter = new HashRateMeter(nanoTime.getAsLong());
        List<NonceKernel> instances = new ArrayList<>();
        for (int i = 0; i < settings.threads(); i++) {
            instances.add(kernels.get());
        }
        this.kernelName = instances.getFirst().name();
        for (NonceKernel kernel : instances) {
            Thread thread = new Thread(() -> work(kernel), "nonce-search-" + threads.size());
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private static int stretchFor(SearchSettings settings) {
        if (settings.maxHashesPerSecond().isEmpty()) {
            return MAX_STRETCH;
        }
        return Math.clamp(settings.maxHashesPerSecond().getAsLong() / STRETCHES_PER_SECOND, 1, MAX_STRETCH);
    }

    /**
     * Searches for this candidate from now on, and no longer for an earlier one. The search begins at the candidate's own
     * nonce.
     */
    public void search(Block candidate) {
        replaceJob(new SearchJob(candidate, settings.extraNonceOffset()));
    }

    /** Searches no longer. */
    public void cancel() {
        replaceJob(null);
    }

    private void replaceJob(@Nullable SearchJob next) {
        synchronized (lock) {
            if (job != null) {
                job.end();
            }
            job = next;
            lock.notifyAll();
        }
    }

    /** Whether there is a candidate whose nonce is not found yet. */
    public boolean isSearching() {
        synchronized (lock) {
            return job != null && !job.isEnded();
        }
    }

    /** Hashes per second over the last seconds. */
    public double hashesPerSecond() {
        return meter.perSecond(nanoTime.getAsLong());
    }

    /** All hashes since the start. */
    public long totalHashes() {
        return meter.total();
    }

    /** The number of threads. */
    public int threadCount() {
        return settings.threads();
    }

    /** The kernel's name. */
    public String kernelName() {
        return kernelName;
    }

    /** Ends the threads and waits for them, unless it is called on one of them. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        cancel();
        try {
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    thread.join();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(NonceKernel kernel) {
        try {
            while (true) {
                SearchJob next = awaitJob();
                if (next == null) {
                    return;
                }
                work(kernel, next);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a search thread was interrupted, which nobody may do", e);
        }
    }

    /** The job to work on, or null when the search is closed. */
    private @Nullable SearchJob awaitJob() throws InterruptedException {
        synchronized (lock) {
            while (!closed && (job == null || job.isEnded())) {
                lock.wait();
            }
            return closed ? null : job;
        }
    }

    private void work(NonceKernel kernel, SearchJob current) throws InterruptedException {
        byte[] target = current.targetLittleEndian();
        byte[] header = new byte[0];
        long headerIndex = -1;
        while (awaitTurn(current)) {
            SearchJob.Stretch claimed = current.claim(stretch);
            if (claimed.extraNonceIndex() != headerIndex) {
                headerIndex = claimed.extraNonceIndex();
                header = current.header(headerIndex, 0).outerBytes();
            }
            OptionalInt nonce = kernel.search(header, target, claimed.firstNonce(), claimed.count());
            int tried = nonce.isPresent() ? nonce.getAsInt() - claimed.firstNonce() + 1 : claimed.count();
            meter.add(tried, nanoTime.getAsLong());
            if (nonce.isPresent()) {
                Block sealed = current.sealed(headerIndex, nonce.getAsInt());
                if (current.end()) {
                    onSealed.accept(sealed);
                }
                return;
            }
        }
    }

    /** Waits as long as the cap demands; false as soon as the job has ended. */
    private boolean awaitTurn(SearchJob current) throws InterruptedException {
        if (limiter.isEmpty() || current.isEnded()) {
            return !current.isEnded();
        }
        long nowNanos = nanoTime.getAsLong();
        long untilNanos = nowNanos + limiter.get().reserve(stretch, nowNanos);
        synchronized (lock) {
            while (!current.isEnded()) {
                long leftNanos = untilNanos - nanoTime.getAsLong();
                if (leftNanos <= 0) {
                    return true;
                }
                lock.wait(leftNanos / NANOS_PER_MILLI, (int) (leftNanos % NANOS_PER_MILLI));
            }
            return false;
        }
    }
}
