package synod.sim.pbft;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.consensus.Entry;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.NewView;
import synod.consensus.pbft.ViewChange;
import synod.crypto.Hash;
import synod.node.journal.JournalEntry;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/** What binds a correct member is said only when the entry that reminds it of having said so is on its disk. */
final class SaidAfterDurable implements Checker {
    private final Map<Integer, Disk> disks = new HashMap<>();
    private @Nullable Message last;

    /** What one member wrote, and what of it is durable. */
    private static final class Disk {
        final Map<Long, List<JournalEntry>> writing = new HashMap<>();
        final Set<Entry> durable = new HashSet<>();
    }

    @Override
    public void stepped(Step step) {
        Disk disk = disks.computeIfAbsent(step.node().number(), _ -> new Disk());
        switch (step.input()) {
            case Input.Durable(var ticket, var _) -> settle(disk, ticket);
            case Input.Started(var _, var entries) ->
                entries.forEach((key, value) -> disk.durable.add(new Entry(key, value)));
            default -> {}
        }
        for (Output output : step.outputs()) {
            switch (output) {
                case Output.Append(var ticket, var entries) -> disk.writing.put(ticket, entries);
                case Output.Send(var _, WireMessage.EngineMessage(var message))
                when message != last && step.node().isCorrect() -> {
                    last = message;
                    check(step, disk, message);
                }
                default -> {}
            }
        }
    }

    private static void settle(Disk disk, long ticket) {
        for (JournalEntry entry :
                Optional.ofNullable(disk.writing.remove(ticket)).orElse(List.of())) {
            if (entry instanceof JournalEntry.EngineEntry(var ofEngine)) {
                disk.durable.add(ofEngine);
            }
        }
    }

    private void check(Step step, Disk disk, Message message) {
        reminder(step.node(), message)
                .filter(entry -> !disk.durable.contains(entry))
                .ifPresent(_ -> {
                    throw violated(step.node() + " says, before its disk knows: " + PbftWords.describe(message));
                });
    }

    /** The signing guard's entry about a message. */
    private static Optional<Entry> reminder(SimNode node, Message message) {
        return switch (message) {
            case ViewChange change -> Optional.of(promise(change.height(), change.newView()));
            // the primary's own view change is in it
            case NewView newView -> Optional.of(promise(newView.height(), newView.view()));
            default ->
                PbftWords.vote(message)
                        // and not another's, passed on
                        .filter(vote -> NodeId.of(vote.voter()).equals(node.id()))
                        .map(Vote::ballot)
                        .map(ballot -> entry(ballot.kind().toString(), ballot.height(), ballot.view(), ballot.block()));
        };
    }

    private static Entry promise(long height, long view) {
        return entry("promise", height, view, Hash.ZERO);
    }

    private static Entry entry(String name, long height, long view, Hash block) {
        return new Entry(
                ByteString.of(("guard/" + name).getBytes(StandardCharsets.US_ASCII)),
                ByteString.of(new Encoder(48).u64(height).u64(view).hash(block).toBytes()));
    }

    @Override
    public void stopped(SimNode node, String why) {
        disks.remove(node.number());
    }
}
