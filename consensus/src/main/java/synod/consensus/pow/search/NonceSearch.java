package synod.consensus.pow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches nonces on its own threads, one task at a time, at low priority. A new task, another kernel, {@link #cancel} and
 * {@link #close} take effect within milliseconds. When the 2³² nonces of a header are used up, the search goes on under
 * the next extra nonce.
 *
 * <p>A kernel that was fast when it was chosen and is no longer, because the JIT gave up its code, is replaced by the JDK's
 * own SHA-256 (see {@link KernelWatch}).
 *
 * <p>A thread that meets a defect (a kernel's false result, say) ends with the exception, which goes to the process's
 * handler of uncaught exceptions.
 */
public final class NonceSearch implements AutoCloseable {
    /** Nonces between two looks at whether to stop: at most a few milliseconds' work. */
    private static final int MAX_STRETCH = 4_096;

    /** Under a cap, a stretch is what the cap allows in this fraction of a second. */
    private static final int STRETCHES_PER_SECOND = 50;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A thread gives way no longer than this at a time, so that a node that is always busy still mines. */
    private static final int MAX_GIVE_WAY_MILLIS = 20;

    private final SearchSettings settings;
    private final LongSupplier nanoTime;
    private final BooleanSupplier giveWay;
    private final Optional<HashRateLimiter> limiter;
    private final int stretch;
    private final HashRateMeter meter;
    private final List<Thread> threads = new ArrayList<>();

    private final Object lock = new Object();
    private @Nullable SearchJob job; // guarded by lock
    private boolean closed; // guarded by lock
    private volatile KernelInUse kernel; // written under lock
    private volatile Optional<String> slowKernel = Optional.empty();

    /** What the threads search with; one that finds another here than it uses changes over. */
    private record KernelInUse(KernelType type, double leastHashesPerSecond, Consumer<String> onSlow) {}

    /** Starts the threads, which wait for a task and give way to nobody. */
    public NonceSearch(SearchSettings settings, KernelType kernel, LongSupplier nanoTime) {
        this(settings, kernel, nanoTime, () -> false);
    }

    /**
     * Starts the threads, which wait for a task.
     *
     * @param nanoTime a clock such as {@code System::nanoTime}
     * @param giveWay whether something more urgent has work for a processor; asked by every thread every few milliseconds.
     *     A low priority alone does not help: common systems ignore Java's
     */
    public NonceSearch(SearchSettings settings, KernelType kernel, LongSupplier nanoTime, BooleanSupplier giveWay) {
        this.settings = settings;
        this.kernel = new KernelInUse(kernel, 0, name -> {});
        this.nanoTime = nanoTime;
        this.giveWay = giveWay;
        this.limiter = settings.maxHashesPerSecond().isPresent()
                ? Optional.of(new HashRateLimiter(settings.maxHashesPerSecond().getAsLong()))
                : Optional.empty();
        this.stretch = stretchFor(settings);
        this.meter = new HashRateMeter(nanoTime.getAsLong());
        for (int i = 0; i < settings.threads(); i++) {
            Thread thread = new Thread(this::work, "nonce-search-" + i);
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
     * Searches for this task from now on, and no longer for an earlier one, which gets no solution any more except when the
     * two cross.
     */
    public void search(SearchTask task) {
        replaceJob(new SearchJob(task));
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

    /**
     * Searches with another kernel from now on.
     *
     * @param leastHashesPerSecond a thread's speed, by its processor time, below which the kernel is taken to be broken
     * @param onSlow takes the kernel's name once if it was given up for that, on a thread of the search
     */
    public void use(KernelType type, double leastHashesPerSecond, Consumer<String> onSlow) {
        synchronized (lock) {
            kernel = new KernelInUse(type, leastHashesPerSecond, onSlow);
        }
    }

    /** The kernel that was given up last because it had become slow. */
    public Optional<String> slowKernel() {
        return slowKernel;
    }

    private void giveUp(KernelInUse slow) {
        synchronized (lock) {
            if (kernel != slow) {
                return; // another thread was first
            }
            slowKernel = Optional.of(slow.type().name());
            kernel = new KernelInUse(KernelType.DIGEST, 0, name -> {});
        }
        slow.onSlow().accept(slow.type().name());
    }

    /** Whether there is a task to which the search is not ended. */
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

    /** The name of the kernel in use. */
    public String kernelName() {
        return kernel.type().name();
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

    private void work() {
        try {
            NonceSearchThread searcher = new NonceSearchThread();
            while (true) {
                SearchJob next = awaitJob();
                if (next == null) {
                    return;
                }
                searcher.work(next);
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

    /** Gives way, and waits as long as the cap demands; false as soon as the job has ended. */
    private boolean awaitTurn(SearchJob current, int hashes) throws InterruptedException {
        for (int i = 0; i < MAX_GIVE_WAY_MILLIS && giveWay.getAsBoolean() && !current.isEnded(); i++) {
            synchronized (lock) {
                lock.wait(1);
            }
        }
        if (limiter.isEmpty() || current.isEnded()) {
            return !current.isEnded();
        }
        long nowNanos = nanoTime.getAsLong();
        long untilNanos = nowNanos + limiter.get().reserve(hashes, nowNanos);
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

    /** What one thread keeps: its kernel, and how fast it is. */
    private final class NonceSearchThread {
        private KernelInUse inUse = kernel;
        private NonceKernel instance = inUse.type().make().get();
        private KernelWatch watch = new KernelWatch(inUse.leastHashesPerSecond());

        void work(SearchJob job) throws InterruptedException {
            SearchTask task = job.task();
            byte[] target = task.targetLittleEndian();
            byte[] header = new byte[0];
            long headerIndex = -1;
            while (awaitTurn(job, nonces() * instance.versions())) {
                changeOver();
                SearchJob.Stretch left = job.claim(nonces());
                if (left.extraNonceIndex() != headerIndex) {
                    headerIndex = left.extraNonceIndex();
                    header = task.header(headerIndex);
                }
                while (left.count() > 0 && !job.isEnded()) {
                    left = search(job, header, target, left);
                }
            }
        }

        /** Searches up to the next solution; returns what is left to search. */
        private SearchJob.Stretch search(SearchJob job, byte[] header, byte[] target, SearchJob.Stretch stretch) {
            Optional<Solution> found = instance.search(header, target, stretch.firstNonce(), stretch.count());
            int last = found.map(Solution::nonce).orElse(stretch.firstNonce() + stretch.count() - 1);
            long hashes = (long) (last - stretch.firstNonce() + 1) * instance.versions();
            meter.add(hashes, nanoTime.getAsLong());
            if (watch.isSlow(hashes)) {
                giveUp(inUse);
            }
            if (found.isPresent() && (job.task().endsWithFirstSolution() ? job.end() : !job.isEnded())) {
                job.task().solved(stretch.extraNonceIndex(), found.get());
            }
            return stretch.after(last);
        }

        private int nonces() {
            return Math.max(1, stretch / (limiter.isEmpty() ? 1 : instance.versions()));
        }

        private void changeOver() {
            KernelInUse wanted = kernel;
            if (wanted != inUse) {
                inUse = wanted;
                instance = wanted.type().make().get();
                watch = new KernelWatch(wanted.leastHashesPerSecond());
            }
        }
    }
}
