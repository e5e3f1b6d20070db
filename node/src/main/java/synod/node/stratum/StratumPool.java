package synod.node.stratum;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import synod.chain.Block;
import synod.chain.store.DiskException;
import synod.consensus.pow.CompactBits;
import synod.crypto.Address;
import synod.node.rpc.port.PoolPort.PoolStatus;

/** What the connections of a server share: the jobs, the shares, and where found blocks go. For one thread. */
final class StratumPool {
    /** What a miner begins with: a share in 43 million hashes. */
    static final double FIRST_DIFFICULTY = 0.01;

    /** A job at least so often, with newer transactions; miners reconnect after two minutes without one. */
    static final long NOTIFY_MILLIS = 15_000;

    private final String addressPrefix;
    private final WorkSink work;
    private final JobBook jobs = new JobBook();
    private final Set<StratumSession> sessions = new LinkedHashSet<>();
    private final WorkerTally tally = new WorkerTally();
    private Optional<Block> latest = Optional.empty();
    private long notifiedMillis;
    private long foundBlocks;

    /**
     * A pool without connections.
     *
     * @param addressPrefix of the network's addresses, which are the miners' user names
     * @param work takes what miners did
     */
    StratumPool(String addressPrefix, WorkSink work) {
        this.addressPrefix = addressPrefix;
        this.work = work;
    }

    void add(StratumSession session) {
        sessions.add(session);
    }

    void remove(StratumSession session) {
        sessions.remove(session);
    }

    /** A candidate to work on: at once if the head is another, else from the next notification on. */
    void candidate(Block candidate, long nowMillis) {
        latest = Optional.of(candidate);
        boolean sameHead = jobs.current()
                .map(job -> job.parent().equals(candidate.header().parent()))
                .orElse(false);
        if (!sameHead) {
            give(candidate, true, nowMillis);
        }
    }

    /** The head is another, and there is no candidate on it yet: shares of the jobs so far are stale. */
    void headMoved() {
        latest = Optional.empty();
        jobs.end();
    }

    /** Time passes: new jobs, difficulties of silent miners, connections of absent ones. */
    void tick(long nowMillis) {
        if (latest.isPresent() && nowMillis - notifiedMillis >= NOTIFY_MILLIS) {
            give(latest.get(), false, nowMillis);
        }
        work.tick();
        for (StratumSession session : List.copyOf(sessions)) {
            session.adjust(nowMillis);
            session.endIfSilent(nowMillis);
        }
    }

    private void give(Block candidate, boolean clean, long nowMillis) {
        notifiedMillis = nowMillis;
        StratumJob job = jobs.add(candidate);
        List.copyOf(sessions).forEach(session -> session.notify(job, clean));
    }

    Optional<StratumJob> currentJob() {
        return jobs.current();
    }

    /** A job of the newest candidate, which may be one that nobody has yet. */
    Optional<StratumJob> newestJob() {
        return latest.map(jobs::add);
    }

    Optional<StratumJob> job(String id) {
        return jobs.find(id);
    }

    Address address(String text) throws StratumException {
        try {
            return Address.parse(addressPrefix, text);
        } catch (IllegalArgumentException e) {
            throw new StratumException(
                    StratumError.UNAUTHORIZED, "the user name must be an address to pay to: " + e.getMessage());
        }
    }

    void accepted(Address worker, double difficulty, long nowMillis) throws StratumException {
        try {
            if (!work.accepted(worker, difficulty)) {
                throw new StratumException(StratumError.UNAUTHORIZED, "the pool has no place for another address now");
            }
        } catch (DiskException e) {
            throw new StratumException(StratumError.OTHER, "the pool cannot keep shares now");
        }
        tally.accepted(worker, difficulty, nowMillis);
    }

    void refused(Optional<Address> worker, StratumError error, long nowMillis) {
        tally.refused(worker, error, nowMillis);
    }

    void found(Block block) {
        foundBlocks++;
        work.found(block, ShareTarget.difficulty(new CompactBits(block.header().bits())));
    }

    PoolStatus status(long nowMillis) {
        return new PoolStatus(
                sessions.size(),
                tally.hashesPerSecond(nowMillis),
                tally.accepted(),
                tally.refused(),
                foundBlocks,
                tally.fastest(nowMillis),
                Optional.empty());
    }
}
