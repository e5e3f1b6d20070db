package synod.node.rpc.port;

import java.util.List;
import synod.crypto.Hash;

/** The peer-to-peer network. Safe for use by many threads; no method waits for a peer. */
public interface NetworkPort {
    /** This node's id: the hash of its network key. */
    Hash nodeId();

    /** The port on which peers are accepted. */
    int port();

    /** The peers connected now. */
    List<Peer> peers();

    /** The bans in force. */
    List<Ban> bans();

    /**
     * Remembers an address and begins to connect to it.
     *
     * @param address {@code [nodeid@]host:port}
     * @throws IllegalArgumentException with a sentence if the text is no address
     */
    void connect(String address);

    /** Ends the connection to a peer; false if there is none. */
    boolean disconnect(Hash id);

    /** Ends the ban of a node id or an address group; false if there is none. */
    boolean unban(String subject);

    /**
     * A connected peer.
     *
     * @param address host and port of the other end
     * @param outbound whether this node opened the connection
     * @param agent the other's software, as it calls itself
     * @param roundTripMicros of the last answered ping; −1 before the first
     * @param score misbehaviour points; a ban follows at the limit
     */
    record Peer(
            Hash id,
            String address,
            boolean outbound,
            String agent,
            long roundTripMicros,
            long bytesIn,
            long bytesOut,
            int score,
            long connectedAtMillis) {}

    /**
     * A ban.
     *
     * @param subject a node id (64 hexadecimal digits) or an address group (a CIDR prefix)
     */
    record Ban(String subject, String reason, long untilMillis) {}
}
