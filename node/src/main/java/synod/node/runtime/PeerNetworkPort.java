package synod.node.runtime;

import java.util.List;
import synod.crypto.Hash;
import synod.node.rpc.port.NetworkPort;
import synod.p2p.NodeId;
import synod.p2p.PeerAddress;
import synod.p2p.PeerNetwork;

/** The peer network as the JSON-RPC interface sees it. */
final class PeerNetworkPort implements NetworkPort {
    private final PeerNetwork network;

    PeerNetworkPort(PeerNetwork network) {
        this.network = network;
    }

    @Override
    public Hash nodeId() {
        return network.self().digest();
    }

    @Override
    public int port() {
        return network.port();
    }

    @Override
    public List<Peer> peers() {
        return network.peers().stream()
                .map(peer -> new Peer(
                        peer.id().digest(),
                        peer.address().host() + ":" + peer.address().port(),
                        peer.outbound(),
                        peer.hello().agent(),
                        peer.roundTripMicros(),
                        peer.bytesIn(),
                        peer.bytesOut(),
                        peer.score(),
                        peer.connectedAtMillis()))
                .toList();
    }

    @Override
    public List<Ban> bans() {
        return network.bans().stream()
                .map(ban -> new Ban(ban.subject(), ban.reason(), ban.untilMillis()))
                .toList();
    }

    @Override
    public void connect(String address) {
        network.connect(PeerAddress.parse(address));
    }

    @Override
    public boolean disconnect(Hash id) {
        NodeId peer = new NodeId(id);
        boolean connected = network.peers().stream().anyMatch(one -> one.id().equals(peer));
        network.disconnect(peer, "an administrator ended the connection");
        return connected;
    }

    @Override
    public boolean unban(String subject) {
        return network.unban(subject);
    }
}
