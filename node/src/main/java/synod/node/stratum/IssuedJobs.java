package synod.node.stratum;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one connection was given to work on, and how its shares of that are rated. For one thread.
 *
 * <p>A job's rating may fall, and never rises: a miner that could raise it after hashing would have every share rated by
 * what it turned out to be.
 */
final class IssuedJobs {
    /** With a job every quarter of a minute these are four minutes. */
    private static final int MAX_JOBS = 16;

    /** Shares of a job that are remembered; no other is taken, for it could be one that was forgotten. */
    static final int MAX_SHARES = 4_096;

    private final Map<String, Issued> jobs = new LinkedHashMap<>();

    /** A job that was given out. */
    static final class Issued {
        private final Set<StratumJob.Share> seen = new HashSet<>();
        private double difficulty;

        private Issued(double difficulty) {
            this.difficulty = difficulty;
        }

        /** What a share must meet and what it counts. */
        double difficulty() {
            return difficulty;
        }

        /** Whether no more shares are taken. */
        boolean isFull() {
            return seen.size() >= MAX_SHARES;
        }

        /** Remembers a share; false if it was there already. */
        boolean isNew(StratumJob.Share share) {
            return seen.add(share);
        }
    }

    /**
     * Gives out a job, for the first time or again.
     *
     * @param difficulty that is wanted for it
     * @param clean whether all other jobs end
     * @return the difficulty at which it is rated from now on
     */
    double issue(StratumJob job, double difficulty, boolean clean) {
        if (clean) {
            jobs.keySet().removeIf(id -> !id.equals(job.id()));
        }
        Issued known = jobs.get(job.id());
        if (known != null) {
            known.difficulty = Math.min(known.difficulty, difficulty);
            return known.difficulty;
        }
        if (jobs.size() == MAX_JOBS) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        jobs.put(job.id(), new Issued(difficulty));
        return difficulty;
    }

    /** The job with this name, if shares of it are taken from this connection. */
    Optional<Issued> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }
}
