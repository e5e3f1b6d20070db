package synod.sim.pbft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import synod.chain.Amount;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.MemberVote.Change;
import synod.chain.transaction.Transaction;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.PublicKey;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;
import synod.sim.protocol.SimKeys;
import synod.sim.world.SimNode;
import synod.sim.world.World;

/**
 * Members vote each other out and in again, some staying away from each poll. Some are never put to the vote: so many that
 * whoever else is a member, the faulty ones are tolerated.
 */
final class Elections {
    /** Faults after which a node may be faulty for good. */
    private static final Set<FaultClass> LASTING =
            Set.of(FaultClass.LOST_SUFFIX, FaultClass.BIT_FLIP, FaultClass.DISK_LOSS);

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final int STAYS_AWAY = 10;
    private static final Amount FEE = new Amount(20_000);

    private final World world;
    private final ValidatorSet founders;
    private final MemberHistory history;
    private final Random random;
    private final List<PublicKey> onTheBallot;
    private long lastTicket;

    Elections(World world, ValidatorSet founders, MemberHistory history) {
        this.world = world;
        this.founders = founders;
        this.history = history;
        this.random = world.dice().of(FaultClass.ELECTION);
        List<PublicKey> keys = new ArrayList<>(
                founders.validators().stream().map(Validator::key).toList());
        Collections.shuffle(keys, random);
        this.onTheBallot = keys.subList(3 * faulty(world, founders) + 1, keys.size());
    }

    /** How many nodes may be faulty for good in this world. */
    static int faulty(World world, ValidatorSet founders) {
        boolean none = world.swarm().adversaries().isEmpty()
                && LASTING.stream().noneMatch(world.swarm().rates()::containsKey);
        return none ? 0 : (founders.size() - 1) / 3;
    }

    /** Holds polls at random intervals until all is calm, if there is anybody to vote about. */
    void begin() {
        if (!onTheBallot.isEmpty() && world.dice().isOn(FaultClass.ELECTION)) {
            double mean = MILLIS_PER_SECOND / world.dice().rate(FaultClass.ELECTION);
            world.agenda().in(1 + Dice.exponential(random, mean), () -> {
                if (world.dice().isOn(FaultClass.ELECTION)) {
                    hold();
                    begin();
                }
            });
        }
    }

    private void hold() {
        PublicKey key = onTheBallot.get(random.nextInt(onTheBallot.size()));
        boolean isMember = history.latest().contains(key);
        MemberVote vote = new MemberVote(isMember ? Change.REMOVE : Change.ADD, key);
        world.tell(
                () -> "a poll is held: n" + (founders.number(key).orElseThrow() + 1) + (isMember ? " out?" : " in?"));
        for (SimNode node : world.nodes().subList(0, founders.size())) {
            if (node.isUp() && random.nextInt(STAYS_AWAY) > 0) {
                submit(node, founders.key(node.number()), vote);
            }
        }
    }

    /** Tickets below zero: nobody waits for the answer. */
    private void submit(SimNode node, PublicKey voter, MemberVote vote) {
        long nonce =
                node.ask(view -> view.mempool().nextNonce(Address.of(voter))).orElse(0L);
        node.submit(
                --lastTicket, Transaction.sign(voter, SimKeys.signer(voter)::sign, world.chainId(), nonce, FEE, vote));
    }
}
