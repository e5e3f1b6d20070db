package synod.node.replica;

import java.util.List;
import java.util.SortedMap;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.store.Position;
import synod.chain.transaction.Transaction;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** What happens to a replica. */
public sealed interface Input {
    /** A block from the journal, read again at start. */
    record Recovered(SealedBlock block, Position position) implements Input {}

    /**
     * The journal is read to its end; from now on the replica takes part.
     *
     * @param acknowledged transactions that clients were told are kept, oldest first
     * @param engineEntries the engine's durable entries
     */
    record Started(List<Verified<Transaction>> acknowledged, SortedMap<ByteString, ByteString> engineEntries)
            implements Input {}

    /** A peer is connected and belongs to this network. */
    record PeerConnected(NodeId peer) implements Input {}

    /** A peer is gone. */
    record PeerDisconnected(NodeId peer) implements Input {}

    /** A peer said something; what can be checked without state was checked. */
    record Received(NodeId from, Verified<WireMessage> message) implements Input {}

    /** A client offers a transaction; the replica answers with {@link Output.Answer} and the same ticket. */
    record Submitted(long ticket, Verified<Transaction> transaction) implements Input {}

    /** A timer that the replica set has run out. */
    record TimerExpired(String timer) implements Input {}

    /** The entries of {@link Output.Append} are durable, at these places. */
    record Durable(long ticket, List<Position> positions) implements Input {}

    /** The batch of {@link Output.Write} is written. */
    record Written(long ticket) implements Input {}

    /** The search of {@link Output.Search} found a nonce. */
    record NonceFound(Block block) implements Input {}
}
