package synod.sim.nemesis;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;
import synod.sim.world.SimNode;
import synod.sim.world.World;

/** Parts of the network that do not hear each other for a while. */
final class NetworkFaults {
    private static final double MEAN_PARTITION_MILLIS = 8_000;
    private static final double MEAN_CLOG_MILLIS = 2_000;

    private final World world;

    NetworkFaults(World world) {
        this.world = world;
    }

    void partition() {
        Random random = world.dice().of(FaultClass.PARTITION);
        Predicate<SimNode> side = side(random);
        boolean noticed = random.nextBoolean();
        world.tell(() -> "partition: " + names(side) + " | " + names(side.negate()));
        world.network().cut(side, side.negate(), noticed);
        world.network().cut(side.negate(), side, noticed);
        healLater(random);
    }

    void oneWay() {
        Random random = world.dice().of(FaultClass.ONE_WAY);
        Predicate<SimNode> side = side(random);
        world.tell(() -> "one-way partition: nothing gets from " + names(side) + " to " + names(side.negate()));
        world.network().cut(side, side.negate(), false);
        healLater(random);
    }

    void bridge() {
        Random random = world.dice().of(FaultClass.BRIDGE);
        SimNode bridge = any(random);
        Predicate<SimNode> one = side(random).and(node -> node != bridge);
        Predicate<SimNode> other = one.negate().and(node -> node != bridge);
        world.tell(() -> "partition: " + names(one) + " | " + names(other) + ", with " + bridge + " between them");
        world.network().cut(one, other, true);
        world.network().cut(other, one, true);
        healLater(random);
    }

    void clog() {
        Random random = world.dice().of(FaultClass.CLOG);
        SimNode a = any(random);
        SimNode b = any(random);
        long millis = Dice.exponential(random, MEAN_CLOG_MILLIS);
        world.tell(() -> "between " + a + " and " + b + " nothing moves for " + millis + " ms");
        world.network().clog(a, b, millis);
    }

    private void healLater(Random random) {
        world.agenda().in(Dice.exponential(random, MEAN_PARTITION_MILLIS), () -> {
            world.tell(() -> "the network is whole again");
            world.network().heal();
        });
    }

    private SimNode any(Random random) {
        return world.nodes().get(random.nextInt(world.nodes().size()));
    }

    private Predicate<SimNode> side(Random random) {
        TreeSet<Integer> side = new TreeSet<>();
        world.nodes().stream().filter(_ -> random.nextBoolean()).forEach(node -> side.add(node.number()));
        return node -> side.contains(node.number());
    }

    private List<SimNode> names(Predicate<SimNode> side) {
        return world.nodes().stream().filter(side).toList();
    }
}
