package synod.node.rpc.port;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import synod.crypto.Address;

/** The miners that work for this node from other programs. Safe for use by many threads; no method waits. */
@FunctionalInterface
public interface PoolPort {
    /** The pool of a node that takes no miners. */
    PoolPort NONE = Optional::empty;

    /** As of the last second; empty if this node takes no miners. */
    Optional<PoolStatus> status();

    /**
     * What a pool has seen since it started.
     *
     * @param miners connections now
     * @param hashesPerSecond of all workers, by their shares
     * @param refused requests by the error code of the refusal
     * @param blocks that miners found
     * @param workers the busiest ones
     * @param accounts what is owed, if the node divides the rewards
     */
    record PoolStatus(
            int miners,
            double hashesPerSecond,
            long accepted,
            SortedMap<Integer, Long> refused,
            long blocks,
            List<WorkerStatus> workers,
            Optional<Accounts> accounts) {}

    /**
     * One address that is worked for, on any number of connections.
     *
     * @param hashesPerSecond by its shares of the last minutes
     * @param refused submissions by the error code of the refusal
     */
    record WorkerStatus(Address worker, double hashesPerSecond, long accepted, SortedMap<Integer, Long> refused) {}

    /**
     * The pool's debts, over all its restarts.
     *
     * @param owedUnits that are owed and not paid yet
     * @param unsettledPayments payments that are signed and not deep in the chain yet
     * @param paidBlocks found blocks that stayed in the chain
     * @param orphans found blocks that did not
     */
    record Accounts(long owedUnits, int unsettledPayments, long paidBlocks, long orphans) {}
}
