package synod.sim.nemesis;

import java.util.Random;
import java.util.TreeSet;
import synod.sim.fault.Dice;
import synod.sim.world.SimNode;
import synod.sim.world.Watcher;
import synod.sim.world.World;

/** Starts nodes again that went down, with an empty disk if there is no other way. */
public final class Operator implements Watcher {
    private static final double MEAN_DOWN_MILLIS = 2_000;

    private final World world;
    private final Random random;
    private final TreeSet<Integer> retired = new TreeSet<>();

    Operator(World world) {
        this.world = world;
        this.random = world.streams().of("operator");
    }

    @Override
    public void stopped(SimNode node, String why) {
        world.agenda().in(1 + Dice.exponential(random, MEAN_DOWN_MILLIS), () -> {
            if (!retired.contains(node.number())) {
                bringUp(node);
            }
        });
    }

    /** Starts a node now, if it is down. */
    public void bringUp(SimNode node) {
        while (!node.isUp()) {
            if (node.isBeyondRepair()) {
                node.replaceDisk();
            }
            node.start();
        }
    }

    /** Takes a node down for good. */
    public void retire(SimNode node) {
        retired.add(node.number());
        node.kill();
    }
}
