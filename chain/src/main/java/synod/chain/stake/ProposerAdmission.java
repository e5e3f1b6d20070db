package synod.chain.stake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.crypto.Hash;

/**
 * Refuses the headers of those who do not lead their slots, before anybody fetches a body: wherever the stake that decides
 * is known here, which is on every block that was executed lately and on what was admitted on such a one in the same epoch.
 * Elsewhere, as on headers that run ahead of execution into another epoch, execution decides.
 *
 * <p>So whoever has no stake gets no block of his onto any branch that this node has executed, and therefore none at all
 * within the first epoch that he forges.
 */
public final class ProposerAdmission {
    /** Of so many executed blocks the stake is remembered: more than are not final, unless finality waits for long. */
    static final int MAX_EXECUTED = 1_024;

    /** Of so many admitted headers the epoch is remembered. */
    static final int MAX_ADMITTED = 32_768;

    private final SlotClock clock;
    private final ProposerRule rule;
    private final Map<Hash, EpochsAhead> executed = new Newest<>(MAX_EXECUTED);
    private final Map<Hash, EpochState> admitted = new Newest<>(MAX_ADMITTED);

    /** A map that forgets what was put first. */
    private static final class Newest<V> extends LinkedHashMap<Hash, V> {
        private static final long serialVersionUID = 1;

        private final int maxSize;

        Newest(int maxSize) {
            this.maxSize = maxSize;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, V> eldest) {
            return size() > maxSize;
        }
    }

    /** Knows nothing yet. */
    public ProposerAdmission(StakeRules rules) {
        this.clock = rules.clock();
        this.rule = new ProposerRule(rules);
    }

    /** The head is this block. */
    public void executed(Hash block, EpochsAhead ahead) {
        executed.put(block, ahead);
    }

    /** Why this header's proposer may not propose it; its form, and that its slot is after the parent's, is known. */
    public Optional<Rejection> check(BlockHeader header) {
        long number = clock.epoch(clock.slot(header.timeMillis()));
        Optional<EpochState> epoch = epoch(header.parent(), number);
        if (epoch.isEmpty()) {
            return Optional.empty();
        }
        try {
            rule.check(epoch.get(), header.core());
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
        admitted.put(header.id(), epoch.get());
        return Optional.empty();
    }

    private Optional<EpochState> epoch(Hash parent, long number) {
        return Optional.ofNullable(executed.get(parent))
                .map(ahead -> ahead.epoch(number))
                .or(() -> Optional.ofNullable(admitted.get(parent)).filter(state -> state.number() == number));
    }
}
