package synod.sim.nemesis;

import java.util.Random;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;
import synod.sim.world.SimNode;
import synod.sim.world.World;

/** Clocks that differ, and nodes that stand still. */
final class ClockFaults {
    private static final long BIRTH_MILLIS = 500;
    private static final int MAX_SKEW_MILLIS = 5_000;
    private static final double MEAN_JUMP_MILLIS = 5_000;
    private static final double MEAN_FREEZE_MILLIS = 3_000;

    private final World world;

    ClockFaults(World world) {
        this.world = world;
    }

    /** Soon after the beginning, for members of a new network take who starts much later for one that lost its disk. */
    void skew() {
        if (world.dice().isOn(FaultClass.CLOCK_SKEW)) {
            Random random = world.dice().of(FaultClass.CLOCK_SKEW);
            double part = world.dice().rate(FaultClass.CLOCK_SKEW);
            world.agenda()
                    .in(
                            BIRTH_MILLIS,
                            () -> world.nodes()
                                    .forEach(node -> node.jumpClock((long) (part * random.nextInt(MAX_SKEW_MILLIS)))));
        }
    }

    void jump() {
        Random random = world.dice().of(FaultClass.CLOCK_JUMP);
        SimNode node = world.nodes().get(random.nextInt(world.nodes().size()));
        long millis = Dice.exponential(random, MEAN_JUMP_MILLIS);
        world.tell(node, () -> "has its clock jump ahead by " + millis + " ms");
        node.jumpClock(millis);
    }

    void freeze() {
        Random random = world.dice().of(FaultClass.FREEZE);
        SimNode node = world.nodes().get(random.nextInt(world.nodes().size()));
        long millis = Dice.exponential(random, MEAN_FREEZE_MILLIS);
        if (!node.isUp()) {
            return;
        }
        world.tell(node, () -> "stands still for " + millis + " ms");
        node.freeze();
        world.agenda().in(millis, () -> {
            world.tell(node, () -> "goes on");
            node.thaw();
        });
    }
}
