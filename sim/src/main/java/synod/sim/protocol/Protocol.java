package synod.sim.protocol;

import java.util.List;
import java.util.random.RandomGenerator;
import synod.chain.transaction.Payload;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.node.byzantine.Adversary;
import synod.node.replica.ReplicaView;
import synod.sim.check.Checker;
import synod.sim.check.OneFinalBlock;
import synod.sim.world.Marks;
import synod.sim.world.Member;
import synod.sim.world.World;

/** A consensus protocol with a number of members, as the simulator sees it. */
public interface Protocol {
    /** Its genesis, its rules, and replicas. */
    SimChain chain();

    /** The member with this number. */
    Member member(int number);

    /** How many of so many members may be faulty for good while the others agree. */
    int tolerated(int members);

    /** How many of so many members must be up so that new blocks are agreed on. */
    int quorum(int members);

    /** The same in this world, where the members may change: whichever nodes are up, if they are so many. */
    default int quorum(World world) {
        return quorum(world.swarm().nodes());
    }

    /** What members do of their own accord, beside what clients ask of them; nothing under most protocols. */
    default void begin(World world) {}

    /** How long a healed quorum may take to agree on what waits. */
    long progressBoundMillis();

    /** The votes in a message that its sender has just cast. */
    List<Vote> votes(Message message);

    /** What a message says, for people. */
    String describe(Message message);

    /** The strategies of lying that members have, by name. */
    List<String> strategies();

    /** A liar's strategy; the member's replica stays as it is. */
    Adversary adversary(String strategy, int member, RandomGenerator random);

    /** The same member as one who lies so, where its replica does not stay as it is. */
    default Member liar(String strategy, int number) {
        return member(number);
    }

    /**
     * What a client's transaction with this nonce does; always the same, so that it can be offered again.
     *
     * @param usual a transfer
     */
    default Payload payload(int client, long nonce, Payload usual) {
        return usual;
    }

    /** Whether a node has come to where a healed quorum must bring it, beside being level with what waits agreed on. */
    default boolean hasRecovered(ReplicaView view) {
        return true;
    }

    /** What must hold under this protocol, beside what must hold under each. */
    List<Checker> checkers(Marks marks, OneFinalBlock finals);
}
