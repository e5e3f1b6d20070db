package synod.sim.nemesis;

import java.util.Random;
import java.util.function.Consumer;
import synod.chain.store.MemoryDisk;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;
import synod.sim.world.SimNode;
import synod.sim.world.World;

/** Crashes, and what is found on the disk afterwards. */
final class DiskFaults {
    private static final int MAX_ROOM = 64 << 10;

    private final World world;
    private final FaultBudget budget;

    DiskFaults(World world, FaultBudget budget) {
        this.world = world;
        this.budget = budget;
    }

    void crash() {
        Random random = world.dice().of(FaultClass.CRASH);
        SimNode node = any(random);
        if (!node.isUp()) {
            return;
        }
        if (world.dice().strikes(FaultClass.TORN_WRITE)) {
            node.losePower(MemoryDisk.Tear.random(world.dice().of(FaultClass.TORN_WRITE)));
        } else if (random.nextBoolean()) {
            node.losePower(MemoryDisk.Tear.keeping(0));
        } else {
            node.kill();
        }
        damage(FaultClass.LOST_SUFFIX, node, node.disk()::loseSuffix);
        damage(FaultClass.BIT_FLIP, node, node.disk()::flipBit);
        damage(FaultClass.DISK_LOSS, node, _ -> node.replaceDisk());
    }

    private void damage(FaultClass fault, SimNode node, Consumer<Random> damage) {
        Dice dice = world.dice();
        if (dice.strikes(fault) && budget.takes(node)) {
            world.marks().mark("fault: " + fault.code());
            world.tell(node, () -> "suffers a " + fault.code());
            damage.accept(dice.of(fault));
        }
    }

    void fill() {
        Random random = world.dice().of(FaultClass.DISK_FULL);
        SimNode node = any(random);
        int room = random.nextInt(MAX_ROOM);
        world.tell(node, () -> "has room for " + room + " bytes more on its disk");
        node.disk().fill(room);
    }

    void failSync() {
        SimNode node = any(world.dice().of(FaultClass.FAILING_SYNC));
        world.tell(node, () -> "has a disk that does not sync any more");
        node.disk().failSyncs();
    }

    private SimNode any(Random random) {
        return world.nodes().get(random.nextInt(world.nodes().size()));
    }
}
