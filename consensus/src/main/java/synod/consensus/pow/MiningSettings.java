package synod.consensus.pow;

import java.util.Optional;
import synod.crypto.Address;

/**
 * What a node's owner chooses about mining.
 *
 * @param payout who receives the rewards; without it the node only observes
 * @param refreshMillis a new template at least so often, 10 to 60,000: how long a transaction waits to be mined on
 * @param minGapMillis templates at least so far apart, at most {@code refreshMillis}: they cost an execution each
 */
public record MiningSettings(Optional<Address> payout, long refreshMillis, long minGapMillis) {
    /** The usual refresh interval. */
    public static final long REFRESH_MILLIS = 500;

    /** The usual minimum distance of templates. */
    public static final long MIN_GAP_MILLIS = 50;

    /** Checks the bounds. */
    public MiningSettings {
        if (refreshMillis < 10 || refreshMillis > 60_000) {
            throw new IllegalArgumentException("refreshMillis must be 10 to 60000, not " + refreshMillis);
        }
        if (minGapMillis < 0 || minGapMillis > refreshMillis) {
            throw new IllegalArgumentException(
                    "minGapMillis must be 0 to refreshMillis (" + refreshMillis + "), not " + minGapMillis);
        }
    }

    /** Mining for this address with the usual intervals. */
    public static MiningSettings payingTo(Address payout) {
        return new MiningSettings(Optional.of(payout), REFRESH_MILLIS, MIN_GAP_MILLIS);
    }

    /** No mining. */
    public static MiningSettings observer() {
        return new MiningSettings(Optional.empty(), REFRESH_MILLIS, MIN_GAP_MILLIS);
    }
}
