package synod.node.stratum;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.chain.Block;
import synod.crypto.Hash;

/** The jobs for which shares are taken: all on the head, up to a number; those on an older head are stale. */
final class JobBook {
    /** Some for all miners, and some for those whose difficulty rises: minutes' worth of them. */
    private static final int MAX_JOBS = 128;

    private final Map<String, StratumJob> jobs = new LinkedHashMap<>();
    private long made;
    private Optional<StratumJob> current = Optional.empty();

    /**
     * Makes a job of a candidate; the jobs on other parents end. The candidate of the current job makes no other: the same
     * header under two names could be paid twice.
     */
    StratumJob add(Block candidate) {
        if (current.isPresent() && current.get().isOf(candidate)) {
            return current.get();
        }
        Hash parent = candidate.header().parent();
        if (current.isPresent() && !current.get().parent().equals(parent)) {
            jobs.clear();
        }
        if (jobs.size() == MAX_JOBS) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        StratumJob job = new StratumJob(Long.toHexString(++made), candidate);
        jobs.put(job.id(), job);
        current = Optional.of(job);
        return job;
    }

    /** The head is another: all jobs end. */
    void end() {
        jobs.clear();
        current = Optional.empty();
    }

    /** The last one made. */
    Optional<StratumJob> current() {
        return current;
    }

    /** The job with this name, if shares are taken for it. */
    Optional<StratumJob> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
