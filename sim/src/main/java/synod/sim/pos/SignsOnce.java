package synod.sim.pos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.stake.CheckpointVote;
import synod.consensus.Message;
import synod.consensus.pos.CheckpointBallot;
import synod.consensus.pos.SigningHistory;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.journal.JournalEntry;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/**
 * A correct validator claims a slot for one block only, casts no two votes of which Casper allows one only, and shows
 * neither before its disk knows, over all its lives.
 */
final class SignsOnce implements Checker {
    private final Map<NodeId, PublicKey> keys = new TreeMap<>();
    private final Map<Integer, Disk> disks = new HashMap<>();
    private final Map<String, Hash> claims = new TreeMap<>();
    private final Map<PublicKey, List<CheckpointVote>> votes = new TreeMap<>();
    private @Nullable Message last;

    SignsOnce(List<PublicKey> validators) {
        validators.forEach(key -> keys.put(NodeId.of(key), key));
    }

    /** What one validator wrote, and how far it is durable. */
    private static final class Disk {
        final Map<Long, List<JournalEntry>> writing = new HashMap<>();
        SigningHistory durable = SigningHistory.NONE;

        void wrote(JournalEntry entry) {
            if (entry instanceof JournalEntry.EngineEntry(var ofEngine)) {
                learn(new TreeMap<>(Map.of(ofEngine.key(), ofEngine.value())));
            }
        }

        void learn(TreeMap<ByteString, ByteString> entries) {
            SigningHistory read = SigningHistory.of(entries);
            durable = durable.with(read);
        }
    }

    @Override
    public void stepped(Step step) {
        Disk disk = disks.computeIfAbsent(step.node().number(), _ -> new Disk());
        switch (step.input()) {
            case Input.Durable(var ticket, var _) -> {
                List<JournalEntry> written = disk.writing.remove(ticket);
                if (written != null) {
                    written.forEach(disk::wrote);
                }
            }
            case Input.Started(var _, var entries) -> disk.learn(new TreeMap<>(entries));
            default -> {}
        }
        PublicKey self = keys.get(step.node().id());
        if (self == null || !step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            switch (output) {
                case Output.Append(var ticket, var entries) -> {
                    disk.writing.put(ticket, entries);
                    entries.forEach(entry -> published(step, disk, self, entry));
                }
                case Output.Send(var _, WireMessage.EngineMessage(var message))
                when message != last -> {
                    last = message;
                    said(step, disk, self, (CheckpointBallot) message);
                }
                default -> {}
            }
        }
    }

    private void published(Step step, Disk disk, PublicKey self, JournalEntry entry) {
        if (!(entry instanceof JournalEntry.BlockEntry(var sealed))
                || !sealed.block().header().core().proposer().equals(Address.of(self))) {
            return;
        }
        Block block = sealed.block();
        long slot = PosProtocol.CLOCK.slot(block.header().timeMillis());
        Hash before = claims.putIfAbsent(self + " " + slot, block.id());
        if (before != null && !before.equals(block.id())) {
            throw violated(step.node() + " made " + block.id() + " for slot " + slot + ", and before " + before);
        }
        if (before == null && disk.durable.slot() < slot) {
            throw violated(step.node() + " shows its block of slot " + slot + " before its disk knows of the claim");
        }
    }

    private void said(Step step, Disk disk, PublicKey self, CheckpointBallot ballot) {
        if (!ballot.voter().equals(self)) {
            return;
        }
        CheckpointVote vote = ballot.vote();
        if (disk.durable.targetEpoch() < vote.target().epoch()) {
            throw violated(step.node() + " says a vote before its disk knows: " + vote);
        }
        List<CheckpointVote> cast = votes.computeIfAbsent(self, _ -> new ArrayList<>());
        for (CheckpointVote earlier : cast) {
            if (isForbidden(earlier, vote)) {
                throw violated(step.node() + " voted for " + vote + ", and before for " + earlier);
            }
        }
        if (!cast.contains(vote)) {
            cast.add(vote);
        }
    }

    /** The two commandments of Casper FFG, section 2.1, in its own letters: h(s1) < h(s2) < h(t2) < h(t1). */
    private static boolean isForbidden(CheckpointVote one, CheckpointVote two) {
        long s1 = one.source().epoch();
        long t1 = one.target().epoch();
        long s2 = two.source().epoch();
        long t2 = two.target().epoch();
        return t1 == t2 && !one.equals(two) || s1 < s2 && t2 < t1 || s2 < s1 && t1 < t2;
    }

    @Override
    public void stopped(SimNode node, String why) {
        disks.remove(node.number());
    }
}
