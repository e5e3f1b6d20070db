package synod.p2p;

/**
 * A connected peer at one moment.
 *
 * @param address where it listens, as far as we know; of an inbound peer that does not listen, where it came from
 * @param outbound whether we dialled
 * @param hello what it said of itself
 * @param connectedAtMillis wall clock
 * @param bytesIn received, after decryption
 * @param bytesOut sent, before encryption
 * @param score misbehaviour points that have not decayed; 100 ban
 * @param roundTripMicros the last answered ping's, -1 before the first
 */
public record PeerInfo(
        NodeId id,
        PeerAddress address,
        boolean outbound,
        Hello hello,
        long connectedAtMillis,
        long bytesIn,
        long bytesOut,
        int score,
        long roundTripMicros) {}
