package synod.node.stratum;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.chain.Block;
import synod.crypto.Hash;

/** The jobs for which shares are taken: all on the head, up to a number; those on an older head are stale. */
final class JobBook {
    /** At a notification every quarter of a minute this is half an hour. */
    private static final int MAX_JOBS = 128;

    private final Map<String, StratumJob> jobs = new LinkedHashMap<>();
    private long made;
    private Optional<StratumJob> current = Optional.empty();

    /** Makes a job of a candidate; the jobs on other parents end. */
    StratumJob add(Block candidate) {
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

    /** The last one made. */
    Optional<StratumJob> current() {
        return current;
    }

    /** The job with this name, if shares are taken for it. */
    Optional<StratumJob> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
