package synod.node.rpc.method;

import java.util.List;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.port.NetworkPort;
import synod.node.rpc.result.NodeJson;

/** {@code net_*}: the peer-to-peer network. */
public final class NetMethods {
    private final NetworkPort network;

    /** The methods over this network. */
    public NetMethods(NetworkPort network) {
        this.network = network;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(
                Method.of(
                        "net_getPeers",
                        "The peers connected now.",
                        List.of(),
                        ResultType.listOf(NodeJson.Peer.class),
                        call -> network.peers().stream().map(NodeJson.Peer::of).toList()),
                Method.of(
                        "net_getStatus",
                        "This node in the network, and the bans in force.",
                        List.of(),
                        ResultType.of(NodeJson.NetworkStatus.class),
                        call -> new NodeJson.NetworkStatus(
                                network.nodeId(),
                                network.port(),
                                network.peers().size(),
                                network.bans().stream().map(NodeJson.Ban::of).toList())));
    }
}
