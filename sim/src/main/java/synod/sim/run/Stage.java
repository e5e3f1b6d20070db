package synod.sim.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import synod.node.byzantine.Adversary;
import synod.sim.check.AcknowledgedKept;
import synod.sim.check.BoundedBuffers;
import synod.sim.check.Checker;
import synod.sim.check.Coverage;
import synod.sim.check.EachNonceOnce;
import synod.sim.check.HonestUnpunished;
import synod.sim.check.NoContradiction;
import synod.sim.check.OneFinalBlock;
import synod.sim.check.PrefixChains;
import synod.sim.check.SameStateRoots;
import synod.sim.check.SupplyConserved;
import synod.sim.fault.Streams;
import synod.sim.fault.Swarm;
import synod.sim.protocol.CheckingEdge;
import synod.sim.protocol.Protocol;
import synod.sim.protocol.Protocols;
import synod.sim.protocol.SimChain;
import synod.sim.world.Member;
import synod.sim.world.Story;
import synod.sim.world.World;

/** Everything that a plan and its seed put on the stage before a run begins. */
record Stage(Protocol protocol, World world) {
    private static final Adversary AS_IT_IS = (nowMillis, outputs) -> outputs;

    static Stage set(Plan plan, Story story) {
        Streams streams = new Streams(plan.seed());
        int nodes = plan.nodes() > 0 ? plan.nodes() : Protocols.drawSize(plan.engine(), streams);
        Protocol protocol = Protocols.named(plan.engine(), nodes);
        int liars = plan.liars() < 0 ? protocol.tolerated(nodes) : plan.liars();
        Swarm swarm = Swarm.draw(streams, nodes, liars, strategies(plan), plan.off());
        if (plan.liars() > 0) {
            swarm = swarm.withLiars(streams, liars, strategies(plan));
        }
        SimChain chain = protocol.chain();
        World world = new World(new World.Setup(
                streams,
                swarm,
                SimChain.START_MILLIS,
                chain.block0().id(),
                new CheckingEdge(chain.consensus(), chain.block0().id()),
                new Words(protocol),
                seats(protocol, swarm, streams),
                story));
        return new Stage(protocol, world);
    }

    private static List<String> strategies(Plan plan) {
        return plan.strategy().isEmpty() ? Protocols.strategies(plan.engine()) : List.of(plan.strategy());
    }

    private static List<World.Seat> seats(Protocol protocol, Swarm swarm, Streams streams) {
        List<World.Seat> seats = new ArrayList<>();
        for (int number = 0; number < swarm.nodes(); number++) {
            int member = number;
            Optional<Adversary> adversary = Optional.ofNullable(
                            swarm.adversaries().get(number))
                    .map(strategy -> strategy.equals(Protocols.TWIN)
                            ? AS_IT_IS
                            : protocol.adversary(strategy, member, streams.of("liar " + member)));
            String strategy = swarm.adversaries().getOrDefault(number, "");
            Member seated = strategy.isEmpty() || strategy.equals(Protocols.TWIN)
                    ? protocol.member(number)
                    : protocol.liar(strategy, number);
            seats.add(new World.Seat("n" + (number + 1), seated, adversary));
        }
        for (Map.Entry<Integer, String> liar : swarm.adversaries().entrySet()) {
            if (liar.getValue().equals(Protocols.TWIN)) {
                seats.add(new World.Seat(
                        "n" + (liar.getKey() + 1) + "'", protocol.member(liar.getKey()), Optional.of(AS_IT_IS)));
            }
        }
        return seats;
    }

    /** What must hold, each with its own memory of the run. */
    List<Checker> checkers(AcknowledgedKept kept) {
        SimChain chain = protocol.chain();
        List<Checker> checkers = new ArrayList<>(List.of(
                new PrefixChains(),
                new SameStateRoots(),
                new SupplyConserved(chain.rules(), chain.supply()),
                new EachNonceOnce(),
                new BoundedBuffers(),
                new NoContradiction(protocol::votes),
                new HonestUnpunished(world),
                kept));
        OneFinalBlock finals = new OneFinalBlock();
        checkers.add(finals);
        checkers.addAll(protocol.checkers(world.marks(), finals));
        world.watch(new Coverage(world.marks()));
        return checkers;
    }
}
