package synod.p2p;

/**
 * What the network tells the node. For one peer the calls come in order and one at a time: {@code connected}, then
 * {@code received}, then {@code disconnected}, also across reconnects. For different peers they come from different
 * (virtual) threads at once.
 *
 * <p>A call may block. Meanwhile a bounded number of that peer's frames is kept, and then nothing more is read from it,
 * so that it is slowed down; other peers go on. But its pings go unanswered too: blocking for longer than the idle
 * deadline loses the peer. An exception from a listener is logged and ends that peer's connection.
 */
public interface PeerListener {
    /** A peer is there; from now on {@link PeerNetwork#send} reaches it. */
    void connected(PeerInfo peer);

    /** A frame of the node's kinds came, within its size limit. */
    void received(NodeId from, Frame frame);

    /** The peer is gone; the reason is a clause for people. */
    void disconnected(NodeId peer, String reason);
}
