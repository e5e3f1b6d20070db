package synod.testnet.proof;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import synod.chain.stake.SlotClock;
import synod.testnet.network.Deadline;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.Testnet;

/**
 * Kills the node that has a third of the stake: blocks must go on, and nothing may become final, and the rest must say
 * why. Then starts it again: finality must catch up within two epochs.
 */
public final class StakeOutage {
    private static final int EPOCHS_TO_CATCH_UP = 2;
    private static final long POLL_MILLIS = 100;

    private final Testnet testnet;
    private final SlotClock clock;
    private final Consumer<String> out;

    /**
     * A proof on a network whose first node has a third of the stake, and all of whose nodes run.
     *
     * @param out hears what happens, a line at a time
     */
    public StakeOutage(Testnet testnet, SlotClock clock, Consumer<String> out) {
        this.testnet = testnet;
        this.clock = clock;
        this.out = out;
    }

    /**
     * What came out.
     *
     * @param blocks made while the third was off
     * @param activity what one who stayed said of itself at the end of the outage
     * @param epochs begun from the return until a checkpoint became final again
     * @param millis from the return until then
     */
    public record Outcome(long blocks, String activity, long epochs, long millis) {}

    /**
     * Takes a third of the stake off for so long.
     *
     * @throws ProofFailure at the first thing that is not as it must be
     */
    public Outcome run(Duration absence) {
        List<String> names = testnet.status().stream().map(NodeStatus::name).toList();
        String absent = names.getFirst();
        String witness = names.getLast();
        awaitFinal(witness, 0, 6);
        testnet.kill(absent);
        // what was voted for before may become final still
        Deadline.pause(2 * epochMillis());
        NodeStatus.Answer before = answer(witness);
        Deadline.pause(Math.max(epochMillis(), absence.toMillis() - 2 * epochMillis()));
        NodeStatus.Answer after = answer(witness);
        long blocks = after.height() - before.height();
        if (blocks < 1) {
            throw new ProofFailure("without a third of the stake no block was made, and the rest should make them");
        }
        if (finalEpoch(after) != finalEpoch(before)) {
            throw new ProofFailure("without a third of the stake epoch " + finalEpoch(after) + " became final after "
                    + finalEpoch(before));
        }
        if (!after.activity().contains("finality waits")) {
            throw new ProofFailure(witness + " does not say that finality waits: " + after.activity());
        }
        out.accept(absent + ", with a third of the stake, was off for " + absence.toSeconds() + " s: " + blocks
                + " blocks were made meanwhile, epoch " + finalEpoch(after) + " stayed the last final one; " + witness
                + " says: " + after.activity());

        new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitAnswer(testnet.start(absent));
        long returnedMillis = System.currentTimeMillis();
        long returned = clock.epoch(clock.slot(returnedMillis));
        awaitFinal(witness, finalEpoch(after), EPOCHS_TO_CATCH_UP + 1);
        long caughtUpMillis = System.currentTimeMillis();
        long epochs = clock.epoch(clock.slot(caughtUpMillis)) - returned;
        out.accept(absent + " is back: after " + (caughtUpMillis - returnedMillis) + " ms, " + epochs
                + " epochs later, epoch " + finalEpoch(answer(witness)) + " is final");
        Agreement.await(testnet, KeptPromises.TIME_TO_AGREE);
        return new Outcome(blocks, after.activity(), epochs, caughtUpMillis - returnedMillis);
    }

    private long epochMillis() {
        return clock.epochSlots() * clock.slotMillis();
    }

    private void awaitFinal(String node, long aboveEpoch, long epochs) {
        Deadline deadline = Deadline.in(Duration.ofMillis(epochs * epochMillis()));
        while (finalEpoch(answer(node)) <= aboveEpoch) {
            if (deadline.passed()) {
                throw new ProofFailure("no epoch after " + aboveEpoch + " became final in " + epochs + " epochs; "
                        + node + " says: " + answer(node).activity());
            }
            Deadline.pause(POLL_MILLIS);
        }
    }

    private NodeStatus.Answer answer(String node) {
        return testnet.status(node)
                .answer()
                .orElseThrow(() -> new ProofFailure(node + " does not answer, and nobody stopped it"));
    }

    /** The engine says "epoch 12 at height 118, …". */
    private static long finalEpoch(NodeStatus.Answer answer) {
        String text = answer.json().path("details").path("finalized").asString("");
        String[] words = text.split(" ");
        if (words.length < 2) {
            throw new ProofFailure("a node says nothing about what is final: " + answer.json());
        }
        return Long.parseLong(words[1].replace(",", ""));
    }
}
