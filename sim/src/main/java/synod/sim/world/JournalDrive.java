package synod.sim.world;

import java.util.ArrayList;
import java.util.List;
import synod.chain.store.Journal;
import synod.chain.store.Position;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.Input;
import synod.node.replica.Output;

/** Makes a replica's entries durable: what queued up while the disk was busy is appended and synced as one. */
final class JournalDrive {
    private final SimNode node;
    private final Journal journal;
    private final SoftState softState;
    private final List<Output.Append> queue = new ArrayList<>();

    JournalDrive(SimNode node, Journal journal, SoftState softState) {
        this.node = node;
        this.journal = journal;
        this.softState = softState;
    }

    void append(Output.Append append) {
        queue.add(append);
        if (queue.size() == 1) {
            node.afterDiskTime(this::write);
        }
    }

    private void write() {
        List<Output.Append> batch = List.copyOf(queue);
        queue.clear();
        List<Input> durable = new ArrayList<>();
        for (Output.Append append : batch) {
            List<Position> positions = new ArrayList<>();
            for (JournalEntry entry : append.entries()) {
                positions.add(journal.append(entry.kind(), entry.payload()));
                softState.apply(entry);
            }
            durable.add(new Input.Durable(append.ticket(), positions));
        }
        if (node.crashesHere()) {
            return;
        }
        journal.sync();
        for (Input input : durable) {
            if (node.crashesHere()) {
                return;
            }
            node.feed(input);
        }
    }
}
