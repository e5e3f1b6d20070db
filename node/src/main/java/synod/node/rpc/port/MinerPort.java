package synod.node.rpc.port;

import java.util.Optional;
import synod.crypto.Address;

/** The nonce search. Safe for use by many threads; no method waits. */
@FunctionalInterface
public interface MinerPort {
    /** What the search does now. */
    MinerStatus status();

    /**
     * What a search does.
     *
     * @param mining whether it searches at this moment
     * @param hashesPerSecond over the last seconds; zero while idle
     * @param kernel the name of the code that hashes
     * @param slowKernel the name of code that was given up because it had become slow
     * @param payout who receives the rewards; empty if this node does not mine
     */
    record MinerStatus(
            boolean mining,
            double hashesPerSecond,
            int threads,
            String kernel,
            Optional<String> slowKernel,
            Optional<Address> payout) {}
}
