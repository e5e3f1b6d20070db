package synod.sim.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import synod.sim.check.AcknowledgedKept;
import synod.sim.check.Checker;
import synod.sim.client.Clients;
import synod.sim.nemesis.Nemesis;
import synod.sim.nemesis.Operator;
import synod.sim.protocol.Protocol;
import synod.sim.world.SimNode;
import synod.sim.world.Story;
import synod.sim.world.Violation;
import synod.sim.world.World;

/**
 * One seed: first everything may go wrong and nothing may become false; then faults end, and members that suffice must
 * agree on what waits, within a bound of virtual time.
 */
public final class Run {
    /** Virtual time after which a run with few events goes on to its second part. */
    private static final long MAX_FAULTY_MILLIS = 900_000;

    /** Far more than recovery takes: whoever needs more is busy without end, and no clock moves on meanwhile. */
    private static final long MAX_CALM_EVENTS = 200_000;

    private static final long LOOK_MILLIS = 100;
    private static final int OFFER_EVERY_LOOKS = 50;

    private final Plan plan;
    private final Protocol protocol;
    private final World world;
    private final Clients clients;
    private final AcknowledgedKept kept;
    private final List<Checker> checkers;
    private final Operator operator;

    private Run(Plan plan, Stage stage) {
        this.plan = plan;
        this.protocol = stage.protocol();
        this.world = stage.world();
        this.kept = new AcknowledgedKept();
        this.clients = new Clients(world, kept, protocol::payload);
        this.checkers = stage.checkers(kept);
        checkers.forEach(world::watch);
        world.watch(clients);
        this.operator = Nemesis.begin(world, protocol.tolerated(world.swarm().nodes()));
    }

    /** Does what the plan says. */
    public static Outcome of(Plan plan, Story story) {
        Stage stage = Stage.set(plan, story);
        Optional<Violation> violation = Optional.empty();
        try {
            new Run(plan, stage).play();
        } catch (Violation found) {
            violation = Optional.of(found);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the simulator itself failed at: " + plan.command(), e);
        }
        World world = stage.world();
        return new Outcome(
                plan,
                world.swarm(),
                violation,
                world.events(),
                world.elapsedMillis(),
                world.traceHash(),
                world.marks());
    }

    private void play() {
        world.nodes().forEach(SimNode::start);
        clients.begin();
        protocol.begin(world);
        world.runUntil(() -> world.events() >= plan.events(), MAX_FAULTY_MILLIS);
        List<SimNode> core = calm();
        if (!core.isEmpty()) {
            requireProgress(core);
            checkers.forEach(checker -> checker.finish(core));
        }
    }

    /** Ends all faults, and leaves a core of correct members that suffices to go on; empty if there is none. */
    private List<SimNode> calm() {
        world.tell(() -> "all faults end");
        world.dice().calmDown();
        clients.fallSilent();
        world.network().heal();
        Random random = world.streams().of("core");
        int quorum = protocol.quorum(world);
        List<SimNode> correct = new ArrayList<>(world.nodes().stream()
                .filter(node -> node.isCorrect() && !node.isBornLate())
                .toList());
        if (correct.size() < quorum) {
            return List.of();
        }
        Collections.shuffle(correct, random);
        List<SimNode> core = List.copyOf(correct.subList(0, random.nextBoolean() ? quorum : correct.size()));
        boolean restartsAll = random.nextBoolean();
        for (SimNode node : world.nodes()) {
            boolean goesOn = core.contains(node) || !correct.contains(node) && random.nextBoolean();
            if (goesOn) {
                refresh(node, restartsAll);
            } else {
                operator.retire(node);
            }
        }
        world.tell(() -> "must go on: " + core);
        return core;
    }

    /** Mends what an operator mends: a node that stands still, a disk that fails, a clock that is wrong. */
    private void refresh(SimNode node, boolean restarts) {
        node.thaw();
        if (restarts || !node.isSound()) {
            node.kill();
            node.setClockRight();
            operator.bringUp(node);
        }
    }

    private void requireProgress(List<SimNode> core) {
        long bound = protocol.progressBoundMillis();
        long[] before = core.stream().mapToLong(Run::height).toArray();
        int looks = 0;
        long lastEvent = world.events() + MAX_CALM_EVENTS;
        for (long waited = 0; !isLevel(core, before); waited += LOOK_MILLIS) {
            if (waited > bound) {
                throw new Violation("Progress", "after " + bound + " ms without faults: " + describe(core));
            }
            if (looks++ % OFFER_EVERY_LOOKS == 0) {
                core.forEach(clients::offerAll);
            }
            if (world.runUntil(() -> world.events() > lastEvent, LOOK_MILLIS)) {
                throw new Violation(
                        "Progress",
                        "more than " + MAX_CALM_EVENTS + " events in " + waited + " ms without faults: "
                                + describe(core));
            }
        }
    }

    private boolean isLevel(List<SimNode> core, long[] before) {
        for (int i = 0; i < before.length; i++) {
            SimNode node = core.get(i);
            if (!node.isUp()
                    || height(node) <= before[i]
                    || !head(node).equals(head(core.getFirst()))
                    || !node.ask(protocol::hasRecovered).orElse(false)) {
                return false;
            }
        }
        return kept.isAllSettled(core);
    }

    private static long height(SimNode node) {
        return node.ask(view -> view.blocks().head().height()).orElse(-1L);
    }

    private static String head(SimNode node) {
        return node.ask(view -> view.blocks().head().id().toString()).orElse("");
    }

    private static String describe(List<SimNode> core) {
        return String.join(
                "; ",
                core.stream()
                        .map(node -> node + " at height " + height(node) + ", "
                                + node.ask(view -> view.engine().activity()).orElse("down"))
                        .toList());
    }
}
