package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;

/** What a validator does that was away for so long that old keys may have made another history. */
class TrustTest extends OneValidator {
    private static final long LONG = StakeChain.RULES.unbondingMillis() + 1;

    /** The node's clock is past the unbonding delay, and slots of that time. */
    private final long late = StakeChain.CLOCK.slot(StakeChain.T0 + LONG) + 1;

    private static Optional<WeakCheckpoint> named(BlockNode block) {
        return Optional.of(new WeakCheckpoint(block.height(), block.id()));
    }

    /** A branch with a certificate in every epoch, which makes its first blocks final. */
    private BlockNode certified(int validator, long from) {
        BlockNode node = chain.add(chain.root(), from, validator);
        BlockNode source = chain.root();
        long sourceEpoch = 0;
        for (int i = 0; i < 3; i++) {
            long epoch = StakeChain.CLOCK.epoch(from) + 1 + i;
            JustificationCertificate certificate =
                    chain.certificate(chain.link(sourceEpoch, source, epoch, node), 1, 2, 3);
            source = node;
            sourceEpoch = epoch;
            node = chain.add(chain.block(node, StakeChain.CLOCK.firstSlot(epoch), validator, Optional.of(certificate)));
        }
        return node;
    }

    private String detail(String name) {
        return engine.status(now).details().getOrDefault(name, "");
    }

    /** What the journal brings back: the head stands there already when the engine starts. */
    private void restartOn(BlockNode head, Optional<WeakCheckpoint> checkpoint) {
        sync();
        chain.setHead(head);
        restart(checkpoint);
        arrives(head);
    }

    @Test
    void aCheckpointOfBlock0TrustsWhateverBranchThereIs() {
        now = StakeChain.T0 + LONG;
        engine = engine(named(chain.root()));
        start();
        BlockNode tip = branch(chain.root(), 1, 1, 2);
        arrives(tip);
        assertThat(chain.head()).isEqualTo(tip);
        assertThat(engine.status(now).activity()).doesNotContain("checkpoint");
    }

    @Test
    void afterTheUnbondingDelayItFollowsNobodyWithoutACheckpoint() {
        now = StakeChain.T0 + StakeChain.RULES.unbondingMillis() + 1;
        start();
        BlockNode tip = branch(chain.root(), 1, 1, 2);
        arrives(tip);
        assertThat(chain.head()).isEqualTo(chain.root());
        assertThat(engine.status(now).activity())
                .contains("waits for a checkpoint")
                .contains("--checkpoint");
    }

    @Test
    void withACheckpointItFollowsTheBranchThatHasIt() {
        now = StakeChain.T0 + StakeChain.RULES.unbondingMillis() + 1;
        BlockNode named = branch(chain.root(), 1, 1, 2);
        engine = engine(Optional.of(WeakCheckpoint.parse("2:" + named.id())));
        start();
        arrives(branch(chain.root(), 2, 1, 2, 3, 4, 5));
        assertThat(chain.head()).isEqualTo(chain.root());
        arrives(named);
        assertThat(chain.head()).isEqualTo(named);
        assertThatThrownBy(() -> WeakCheckpoint.parse("2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRestartOnABranchThatItWaitedToBeToldAboutChangesNothing() {
        now = StakeChain.timeOf(late);
        start();
        BlockNode forged = certified(1, late);
        now = forged.header().timeMillis();
        arrives(forged);
        assertThat(chain.head()).isEqualTo(chain.root());
        restartOn(forged, Optional.empty());
        assertThat(engine.status(now).activity()).contains("waits for a checkpoint");
        assertThat(detail("justified")).startsWith("epoch 0");
        assertThat(chain.head()).as("its own head again").isEqualTo(chain.root());
        for (long slot = late + 20; slot < late + 60; slot++) {
            slot(slot);
            sync();
        }
        assertThat(done(Action.BuildBlock.class)).isEmpty();
        assertThat(votes()).isEmpty();
    }

    @Test
    void withTheRightCheckpointItLeavesTheBranchThatTheJournalBroughtBack() {
        now = StakeChain.timeOf(late);
        start();
        BlockNode forged = certified(1, late);
        now = forged.header().timeMillis();
        arrives(forged);
        BlockNode named = branch(chain.root(), 2, late + 1, late + 2);
        restartOn(forged, named(named));
        assertThat(detail("justified")).startsWith("epoch 0");
        arrives(named);
        assertThat(chain.head()).isEqualTo(named);
        assertThat(engine.status(now).activity()).doesNotContain("checkpoint");
        BlockNode next = branch(named, 3, late + 4);
        arrives(next);
        assertThat(chain.head()).isEqualTo(next);
    }

    @Test
    void belowTheCheckpointItFollowsButNeitherActsNorLearns() {
        now = StakeChain.timeOf(late + 30);
        BlockNode tip = certified(1, late);
        engine = engine(named(tip));
        start();
        BlockNode below = chain.node(tip.parent()).orElseThrow();
        arrives(chain.node(below.parent()).orElseThrow());
        arrives(below);
        assertThat(chain.head()).isEqualTo(below);
        assertThat(detail("justified")).startsWith("epoch 0");
        assertThat(engine.status(now).activity()).contains("follows without acting up to the checkpoint");
        for (long slot = late + 31; slot < late + 70; slot++) {
            slot(slot);
            sync();
        }
        assertThat(done(Action.BuildBlock.class)).isEmpty();
        assertThat(votes()).isEmpty();
        assertThat(done(Action.Finalize.class)).isEmpty();
        arrives(tip);
        sync();
        assertThat(chain.head()).isEqualTo(tip);
        assertThat(done(Action.Finalize.class)).isNotEmpty();
        restart(Optional.empty());
        assertThat(engine.status(now).activity()).as("it trusts its head").doesNotContain("checkpoint");
    }

    @Test
    void aBranchWithoutTheCheckpointIsLeftThoughItWasFollowedUpToThere() {
        now = StakeChain.timeOf(late + 30);
        BlockNode named = branch(chain.root(), 1, late, late + 1, late + 2);
        engine = engine(named(named));
        start();
        BlockNode other = branch(chain.root(), 2, late + 3, late + 4);
        arrives(other);
        assertThat(chain.head()).isEqualTo(other);
        arrives(branch(other, 2, late + 5, late + 6, late + 7));
        assertThat(chain.head()).isEqualTo(other);
        arrives(named);
        assertThat(chain.head()).isEqualTo(named);
    }

    @Test
    void whoWasAwayForLessGoesOn() {
        start();
        BlockNode head = chain.root();
        for (long slot = 3; slot < late; slot += 3) {
            head = chain.add(head, slot, 1);
            now = StakeChain.timeOf(slot);
            arrives(head);
        }
        now += LONG - 3_000;
        restartOn(head, Optional.empty());
        assertThat(engine.status(now).activity()).doesNotContain("checkpoint");
        now += 3_000;
        restartOn(head, Optional.empty());
        assertThat(engine.status(now).activity()).contains("waits for a checkpoint");
        assertThat(chain.head()).as("what it had, it keeps").isEqualTo(head);
    }
}
