package synod.node.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.node.replica.Input;
import synod.node.wire.MessageKind;
import synod.node.wire.WireCodec;
import synod.node.wire.WireMessage;
import synod.p2p.Frame;
import synod.p2p.NodeId;
import synod.p2p.PeerInfo;
import synod.p2p.PeerListener;
import synod.p2p.PeerNetwork;

/**
 * Between the peer network and the replica: decodes what peers send and checks its signatures on the peer's own thread,
 * so that only {@link Verified} messages enter the replica and a slow replica slows the peers down.
 */
final class PeerGateway implements PeerListener {
    private static final int BROKEN_RULE_POINTS = 100;

    /** So many of a peer's messages may wait for the replica: none can take all its time, or its memory. */
    private static final int WAITING_PER_PEER = 16;

    private final WireCodec codec;
    private final SignatureChecker signatures;
    private final SealChecker seals;
    private final ReplicaLoop loop;
    private final Map<NodeId, Semaphore> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable PeerNetwork network;

    PeerGateway(WireCodec codec, SignatureChecker signatures, SealChecker seals, ReplicaLoop loop) {
        this.codec = codec;
        this.signatures = signatures;
        this.seals = seals;
        this.loop = loop;
    }

    /** The network to send on; until it is given nothing is sent. */
    void connectTo(PeerNetwork peers) {
        network = peers;
    }

    @Override
    public void connected(PeerInfo peer) {
        feed(new Input.PeerConnected(peer.id()));
    }

    @Override
    public void disconnected(NodeId peer, String reason) {
        waiting.remove(peer);
        feed(new Input.PeerDisconnected(peer));
    }

    @Override
    public void received(NodeId from, Frame frame) {
        try {
            Optional<WireMessage> message = codec.decode(frame.kind(), frame.payload());
            if (message.isEmpty()) {
                punish(from, BROKEN_RULE_POINTS, "an unknown kind of frame, " + frame.kind());
                return;
            }
            Optional<Rejection> fault = check(message.get());
            if (fault.isPresent()) {
                punish(from, BROKEN_RULE_POINTS, fault.get().toString());
                return;
            }
            Semaphore places = waiting.computeIfAbsent(from, _ -> new Semaphore(WAITING_PER_PEER));
            places.acquire();
            loop.feedFromOutside(new Input.Received(from, new Verified<>(message.get())), places::release);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedException e) {
            punish(from, BROKEN_RULE_POINTS, e.rejection().toString());
        }
    }

    private Optional<Rejection> check(WireMessage message) {
        return switch (message) {
            case WireMessage.BlockBody(var block) ->
                block.block()
                        .checkTransactionsRoot()
                        .or(() -> signatures.check(block.block().transactions()));
            case WireMessage.BlockTransactions(var _, var transactions) -> signatures.check(transactions);
            case WireMessage.Transactions(var transactions) -> signatures.check(transactions);
            case WireMessage.EngineMessage(var engineMessage) -> signatures.check(engineMessage.transactions());
            // of a body or a compact block the seal does not count: the header's stands in the tree before
            case WireMessage.Headers(var headers, var _) -> seals.check(headers);
            default -> Optional.empty();
        };
    }

    /** Sends a message; a peer that is gone or too slow is the network's business. */
    void send(NodeId to, WireMessage message) {
        onNetwork(peers -> peers.send(to, new Frame(MessageKind.of(message).number(), WireCodec.encode(message))));
    }

    /** Sends an encoded block as it lies in the journal; false if the peer is gone. */
    boolean sendBlock(NodeId to, byte[] encoded) {
        PeerNetwork peers = network;
        return peers != null && peers.send(to, new Frame(MessageKind.BLOCK_BODY.number(), encoded));
    }

    /** Bytes that wait to go out to a peer; −1 if it is gone. */
    long queuedBytes(NodeId peer) {
        PeerNetwork peers = network;
        return peers == null ? -1 : peers.queuedBytes(peer);
    }

    /** Charges a peer for a fault. */
    void punish(NodeId peer, int points, String reason) {
        onNetwork(peers -> peers.punish(peer, points, reason));
    }

    private void onNetwork(Consumer<PeerNetwork> action) {
        PeerNetwork peers = network;
        if (peers != null) {
            action.accept(peers);
        }
    }

    private void feed(Input input) {
        try {
            loop.feedFromOutside(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
