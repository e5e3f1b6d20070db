package synod.p2p;

import java.util.Optional;

/** What a connection asks of, and tells, the network that it belongs to. All calls come from its event loop. */
interface ConnectionOwner {
    /** Our own hello. */
    Hello hello();

    /** Somebody connected to us. Returns why it may not stay, if it may not. */
    Optional<String> opened(PeerConnection connection);

    /** The TLS handshake proved who the peer is. Returns why it may not stay, if it may not. */
    Optional<Goodbye> identified(PeerConnection connection, NodeId peer);

    /** The peer's hello fits ours; a probe's comes here too. Returns why it may not stay, if it may not. */
    Optional<Goodbye> greeted(PeerConnection connection, Hello theirs, boolean probe);

    /** Hellos are exchanged. Returns where the peer's frames go. */
    PeerInbox ready(PeerConnection connection);

    /** The peer asks for addresses, or answers our question; or breaks the rules of that. */
    void discovery(PeerConnection connection, Frame frame) throws MalformedFrameException;

    /** The peer misbehaved. Returns the ban that follows, if one does. */
    Optional<Ban> offence(PeerConnection connection, int points, String reason);

    /** The connection is no more; called once. */
    void closed(PeerConnection connection, String reason);
}
