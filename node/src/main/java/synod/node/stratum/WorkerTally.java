package synod.node.stratum;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.crypto.Address;
import synod.node.rpc.port.PoolPort.WorkerStatus;

/** Counts what each worker's submissions came to. For one thread. */
final class WorkerTally {
    /** Workers beyond this push out the one that has been silent for longest. */
    private static final int MAX_WORKERS = 4_096;

    /** So many are shown. */
    private static final int MAX_SHOWN = 100;

    private final LinkedHashMap<Address, Worker> workers = new LinkedHashMap<>(16, 0.75f, true);
    private final SortedMap<Integer, Long> refused = new TreeMap<>();
    private long accepted;

    private static final class Worker {
        final WorkRate rate;
        final SortedMap<Integer, Long> refused = new TreeMap<>();
        long accepted;

        Worker(long nowMillis) {
            rate = new WorkRate(nowMillis);
        }
    }

    void accepted(Address worker, double difficulty, long nowMillis) {
        accepted++;
        Worker known = worker(worker, nowMillis);
        known.accepted++;
        known.rate.add(difficulty, nowMillis);
    }

    /** A request was refused, by a worker if it is known who it was. */
    void refused(Optional<Address> worker, StratumError error, long nowMillis) {
        refused.merge(error.code(), 1L, Long::sum);
        worker.ifPresent(address -> worker(address, nowMillis).refused.merge(error.code(), 1L, Long::sum));
    }

    private Worker worker(Address address, long nowMillis) {
        Worker known = workers.get(address);
        if (known == null) {
            known = new Worker(nowMillis);
            workers.put(address, known);
            if (workers.size() > MAX_WORKERS) {
                workers.pollFirstEntry();
            }
        }
        return known;
    }

    long accepted() {
        return accepted;
    }

    /** Refusals by code. */
    SortedMap<Integer, Long> refused() {
        return new TreeMap<>(refused);
    }

    /** Hashes per second of all together. */
    double hashesPerSecond(long nowMillis) {
        return workers.values().stream()
                .mapToDouble(worker -> worker.rate.perSecond(nowMillis))
                .sum();
    }

    /** The fastest ones. */
    List<WorkerStatus> fastest(long nowMillis) {
        return workers.entrySet().stream()
                .map(entry -> status(entry, nowMillis))
                .sorted(Comparator.comparingDouble(WorkerStatus::hashesPerSecond)
                        .reversed())
                .limit(MAX_SHOWN)
                .toList();
    }

    private static WorkerStatus status(Map.Entry<Address, Worker> entry, long nowMillis) {
        Worker worker = entry.getValue();
        return new WorkerStatus(
                entry.getKey(), worker.rate.perSecond(nowMillis), worker.accepted, new TreeMap<>(worker.refused));
    }
}
