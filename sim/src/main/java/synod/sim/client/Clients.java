package synod.sim.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.node.replica.Output;
import synod.sim.check.AcknowledgedKept;
import synod.sim.fault.Dice;
import synod.sim.world.SimNode;
import synod.sim.world.Step;
import synod.sim.world.Watcher;
import synod.sim.world.World;

/** Accounts that send transfers to whichever node is up, and try again elsewhere when nothing comes of it. */
public final class Clients implements Watcher {
    /** One in so many transfers has the nonce of another one. */
    private static final int CARELESS = 20;

    private final World world;
    private final AcknowledgedKept kept;
    private final Random random;
    private final List<Client> clients = new ArrayList<>();
    private final Map<Long, Offer> offers = new TreeMap<>();
    private long lastTicket;
    private boolean quiet;

    private record Offer(Client client, SimNode node, Transaction transaction) {}

    /** Clients that do nothing yet, and whose transactions do what the payloads say. */
    public Clients(World world, AcknowledgedKept kept, Client.Payloads payloads) {
        this.world = world;
        this.kept = kept;
        this.random = world.streams().of("clients");
        for (int number = 0; number < world.swarm().clients(); number++) {
            clients.add(new Client(number, world.chainId(), payloads));
        }
    }

    /** They begin. */
    public void begin() {
        clients.forEach(this::goOn);
    }

    /** From now on they offer only what {@link #offerAll} says. */
    public void fallSilent() {
        quiet = true;
    }

    private void goOn(Client client) {
        world.agenda().in(1 + Dice.exponential(random, world.swarm().meanPauseMillis()), () -> {
            if (!quiet) {
                SimNode node = world.nodes().get(random.nextInt(world.nodes().size()));
                offer(client, node, client.next(random.nextInt(CARELESS) == 0));
                goOn(client);
            }
        });
    }

    /** Every client offers this node all that its ledger lacks: those that it was offered before may be gone. */
    public void offerAll(SimNode node) {
        for (Client client : clients) {
            long expected = node.ask(
                            view -> view.ledger().account(client.address()).nonce())
                    .orElse(0L);
            client.from(expected).forEach(transaction -> offer(client, node, transaction));
        }
    }

    private void offer(Client client, SimNode node, Transaction transaction) {
        if (node.isUp()) {
            long ticket = ++lastTicket;
            offers.put(ticket, new Offer(client, node, transaction));
            node.submit(ticket, transaction);
        }
    }

    @Override
    public void stepped(Step step) {
        for (Output output : step.outputs()) {
            if (output instanceof Output.Answer(var ticket, var rejection)) {
                // a node that has just gone down leaves its clients in the dark
                Optional.ofNullable(offers.remove(ticket)).ifPresent(offer -> answered(step, offer, rejection));
            }
        }
    }

    private void answered(Step step, Offer offer, Optional<Rejection> rejection) {
        if (rejection.isEmpty()) {
            world.tell(step.node(), () -> "acknowledges " + name(offer.transaction()));
            if (step.node().isCorrect()) {
                kept.acknowledged(step.node(), offer.transaction());
            }
            offer.client().accepted(offer.transaction());
        } else if (step.node().isCorrect()) {
            world.tell(step.node(), () -> "refuses " + name(offer.transaction()) + ": " + rejection.get());
            offer.client()
                    .resume(step.view()
                            .ledger()
                            .account(offer.client().address())
                            .nonce());
        }
    }

    private static String name(Transaction transaction) {
        return "transfer " + transaction.id().toString().substring(0, 8) + " (nonce " + transaction.nonce() + ")";
    }

    @Override
    public void stopped(SimNode node, String why) {
        offers.values().removeIf(offer -> offer.node() == node);
    }
}
