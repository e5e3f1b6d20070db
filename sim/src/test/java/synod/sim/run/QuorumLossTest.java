package synod.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.sim.check.AcknowledgedKept;
import synod.sim.client.Clients;
import synod.sim.fault.FaultClass;
import synod.sim.world.SimNode;
import synod.sim.world.Story;
import synod.sim.world.World;

/** What PBFT does while too few members are up, for long, and when they are back. */
class QuorumLossTest {
    private static final long TEN_MINUTES_MILLIS = 600_000;

    /** The simulated network's longest time-out. */
    private static final long MAX_TIMEOUT_MILLIS = 8_000;

    private static long height(SimNode node) {
        return node.ask(view -> view.blocks().head().height()).orElse(-1L);
    }

    @Test
    void withTwoOfFourOffForTenMinutesNothingIsDecidedAndThenWithinATimeOut() {
        Plan calm = new Plan("pbft", 1, Plan.EVENTS, 4, 0, "", EnumSet.allOf(FaultClass.class));
        Stage stage = Stage.set(calm, Story.NONE);
        World world = stage.world();
        AcknowledgedKept kept = new AcknowledgedKept();
        Clients clients = new Clients(world, kept, stage.protocol()::payload);
        stage.checkers(kept).forEach(world::watch);
        world.watch(clients);
        world.nodes().forEach(SimNode::start);
        clients.begin();
        stage.protocol().begin(world);
        List<SimNode> off = world.nodes().subList(0, 2);
        List<SimNode> on = world.nodes().subList(2, 4);
        assertThat(world.runUntil(() -> height(on.getFirst()) >= 5, TEN_MINUTES_MILLIS))
                .isTrue();

        off.forEach(SimNode::kill);
        // what a quorum has decided may still be on its way
        world.runUntil(() -> false, 1_000);
        long before = Math.max(height(on.getFirst()), height(on.getLast()));
        world.runUntil(() -> false, TEN_MINUTES_MILLIS);
        assertThat(on).allSatisfy(node -> {
            assertThat(height(node)).isEqualTo(before);
            assertThat(node.ask(view -> view.engine().activity()).orElseThrow()).contains("halted: 2 of 4 up, need 3");
        });

        off.forEach(SimNode::start);
        assertThat(world.runUntil(
                        () -> world.nodes().stream().allMatch(node -> height(node) > before), MAX_TIMEOUT_MILLIS))
                .isTrue();
    }
}
