package synod.node.replica;

import java.util.List;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.store.Position;
import synod.chain.store.WriteBatch;
import synod.node.journal.JournalEntry;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** What a replica wants done, in order. */
public sealed interface Output {
    /** Say something to a peer. */
    record Send(NodeId to, WireMessage message) implements Output {}

    /** Send these journaled blocks to a peer, each as a {@link WireMessage.BlockBody}, as fast as it takes them. */
    record SendStored(NodeId to, List<Position> blocks) implements Output {}

    /** Append to the journal, make it durable, and answer with {@link Input.Durable}. */
    record Append(long ticket, List<JournalEntry> entries) implements Output {}

    /** Write to the key-value store, and answer with {@link Input.Written}. Never waits for the disk to be synced. */
    record Write(long ticket, WriteBatch batch) implements Output {}

    /** Set a timer, replacing one of the same name. */
    record SetTimer(String timer, long atMillis) implements Output {}

    /** Clear a timer. */
    record ClearTimer(String timer) implements Output {}

    /** Search a nonce for this block, instead of any other. */
    record Search(Block candidate) implements Output {}

    /** Search no nonce. */
    record StopSearch() implements Output {}

    /** The answer to {@link Input.Submitted}: empty once the transaction is durable. */
    record Answer(long ticket, Optional<Rejection> rejection) implements Output {}

    /** A peer broke the rules: so many points on the way to a ban at 100. */
    record Punish(NodeId peer, int points, String reason) implements Output {}

    /** Tell subscribers. */
    record Publish(ReplicaEvent event) implements Output {}
}
