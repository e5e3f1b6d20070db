package synod.sim.nemesis;

import java.util.Random;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;
import synod.sim.world.World;

/** Makes faults strike that have a time of their own, each at random intervals by its rate, until all is calm. */
public final class Nemesis {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final World world;

    private Nemesis(World world) {
        this.world = world;
    }

    /**
     * Begins.
     *
     * @param faulty how many nodes may be faulty for good
     * @return restarts nodes, also when all is calm
     */
    public static Operator begin(World world, int faulty) {
        Nemesis nemesis = new Nemesis(world);
        FaultBudget budget = new FaultBudget(world.nodes(), faulty);
        Operator operator = new Operator(world);
        world.watch(operator);
        NetworkFaults network = new NetworkFaults(world);
        ClockFaults clocks = new ClockFaults(world);
        DiskFaults disks = new DiskFaults(world, budget);
        clocks.skew();
        nemesis.repeat(FaultClass.PARTITION, network::partition);
        nemesis.repeat(FaultClass.ONE_WAY, network::oneWay);
        nemesis.repeat(FaultClass.BRIDGE, network::bridge);
        nemesis.repeat(FaultClass.CLOG, network::clog);
        nemesis.repeat(FaultClass.CRASH, disks::crash);
        nemesis.repeat(FaultClass.DISK_FULL, disks::fill);
        nemesis.repeat(FaultClass.FAILING_SYNC, disks::failSync);
        nemesis.repeat(FaultClass.CLOCK_JUMP, clocks::jump);
        nemesis.repeat(FaultClass.FREEZE, clocks::freeze);
        return operator;
    }

    private void repeat(FaultClass fault, Runnable strike) {
        if (!world.dice().isOn(fault)) {
            return;
        }
        Random random = world.dice().of(fault);
        long pause =
                1 + Dice.exponential(random, MILLIS_PER_SECOND / world.dice().rate(fault));
        world.agenda().in(pause, () -> {
            if (world.dice().isOn(fault)) {
                world.marks().mark("fault: " + fault.code());
                strike.run();
                repeat(fault, strike);
            }
        });
    }
}
