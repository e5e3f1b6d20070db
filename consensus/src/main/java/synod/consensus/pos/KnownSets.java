package synod.consensus.pos;

import java.util.LinkedHashMap;
import java.util.Optional;
import synod.chain.stake.EpochState;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * The sets of validators that executed blocks of the last epochs gave. A header that names another set may be anybody's
 * invention, and a set of long ago may have nothing left to lose.
 */
final class KnownSets {
    /** So many different sets are remembered; those of one epoch and the next, before and after a change of branch. */
    static final int MAX_SETS = 6;

    private final LinkedHashMap<Hash, ValidatorSet> byRoot = new LinkedHashMap<>();

    /** Takes what the head's state says. */
    void executed(EpochState epoch) {
        add(epoch.active().validators());
        add(epoch.next().validators());
    }

    private void add(ValidatorSet set) {
        byRoot.remove(set.root());
        byRoot.put(set.root(), set);
        if (byRoot.size() > MAX_SETS) {
            byRoot.pollFirstEntry();
        }
    }

    /** The set with this root. */
    Optional<ValidatorSet> find(Hash root) {
        return Optional.ofNullable(byRoot.get(root));
    }

    /** Whether this key is in any of them. */
    boolean contains(PublicKey key) {
        return byRoot.values().stream().anyMatch(set -> set.contains(key));
    }
}
