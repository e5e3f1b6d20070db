package synod.sim.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import synod.sim.world.Marks;
import synod.sim.world.Story;

/** Many seeds, each a run of its own, several at a time. */
public final class Campaign {
    private static final int MAX_FAILURES = 5;

    private final Marks marks = new Marks();
    private final List<Outcome> failures = new ArrayList<>();
    private long seeds;
    private long events;
    private long virtualMillis;

    /**
     * Runs so many seeds from the plan's own on, and stops early when several have failed.
     *
     * @param threads so many at a time
     * @param progress hears of this campaign after each seed
     */
    public static Campaign run(Plan first, long seeds, int threads, Consumer<Campaign> progress)
            throws InterruptedException {
        Campaign campaign = new Campaign();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Outcome>> running = LongStream.range(first.seed(), first.seed() + seeds)
                    .mapToObj(first::withSeed)
                    .map(plan -> executor.submit(() -> Run.of(plan, Story.NONE)))
                    .toList();
            for (Future<Outcome> run : running) {
                campaign.add(run.get());
                progress.accept(campaign);
                if (campaign.failures.size() == MAX_FAILURES) {
                    executor.shutdownNow();
                    break;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return campaign;
    }

    private void add(Outcome outcome) {
        seeds++;
        events += outcome.events();
        virtualMillis += outcome.virtualMillis();
        marks.addAll(outcome.marks());
        if (outcome.violation().isPresent()) {
            failures.add(outcome);
        }
    }

    /** How many seeds are done. */
    public long seeds() {
        return seeds;
    }

    /** How many inputs replicas took. */
    public long events() {
        return events;
    }

    /** How much virtual time passed, all runs together. */
    public long virtualMillis() {
        return virtualMillis;
    }

    /** Which interesting cases occurred, and how often. */
    public Marks marks() {
        return marks;
    }

    /** The runs in which something did not hold. */
    public List<Outcome> failures() {
        return List.copyOf(failures);
    }
}
