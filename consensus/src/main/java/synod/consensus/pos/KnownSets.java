package synod.consensus.pos;

import java.util.LinkedHashMap;
import java.util.Optional;
import synod.chain.stake.EpochState;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * The sets of validators that executed blocks gave and that may vote in the present epoch, the one before or the next. A
 * header that names another set may be anybody's invention. An older set is forgotten, for those in it may have taken their
 * stake back, and have nothing left to lose: stake that is unbonded is kept for two epochs at least.
 */
final class KnownSets {
    /** The most sets: those of three epochs, before and after a change of branch. */
    static final int MAX_SETS = 6;

    private final LinkedHashMap<Hash, Known> byRoot = new LinkedHashMap<>();

    /**
     * A set.
     *
     * @param epoch the last in which it may vote for all that is known
     */
    private record Known(ValidatorSet set, long epoch) {}

    /** Takes what the head's state says. */
    void executed(EpochState epoch) {
        add(epoch.active().validators(), epoch.number());
        add(epoch.next().validators(), epoch.number() + 1);
        byRoot.values().removeIf(known -> known.epoch() < epoch.number() - 1);
    }

    private void add(ValidatorSet set, long epoch) {
        Known before = byRoot.remove(set.root());
        byRoot.put(set.root(), new Known(set, before == null ? epoch : Math.max(before.epoch(), epoch)));
        if (byRoot.size() > MAX_SETS) {
            byRoot.pollFirstEntry();
        }
    }

    /** The set with this root. */
    Optional<ValidatorSet> find(Hash root) {
        return Optional.ofNullable(byRoot.get(root)).map(Known::set);
    }

    /** Whether this key is in any of them. */
    boolean contains(PublicKey key) {
        return byRoot.values().stream().anyMatch(known -> known.set().contains(key));
    }
}
