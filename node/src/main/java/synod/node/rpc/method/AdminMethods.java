package synod.node.rpc.method;

import java.util.List;
import synod.crypto.Hash;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.port.NetworkPort;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.result.NodeJson.Done;

/** {@code admin_*}: what only the holder of the cookie may do. */
public final class AdminMethods {
    private static final int MAX_ADDRESS_LENGTH = 330;

    private static final Param<String> ADDRESS =
            Param.text("address", "The peer's address: [nodeid@]host:port", MAX_ADDRESS_LENGTH);
    private static final Param<Hash> ID = Param.hash("id", "The peer's node id");
    private static final Param<String> BANNED = Param.text("id", "The banned node id or address group", 64);

    private final NodePort node;
    private final NetworkPort network;

    /** The methods over these. */
    public AdminMethods(NodePort node, NetworkPort network) {
        this.node = node;
        this.network = network;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(
                Method.of("admin_stop", "Stops this node.", List.of(), ResultType.of(Done.class), this::stop)
                        .forAdmin(),
                Method.of(
                                "admin_addPeer",
                                "Remembers a peer's address and begins to connect to it.",
                                List.of(ADDRESS),
                                ResultType.of(Done.class),
                                this::addPeer)
                        .forAdmin(),
                Method.of(
                                "admin_disconnect",
                                "Ends the connection to a peer.",
                                List.of(ID),
                                ResultType.of(Done.class),
                                this::disconnect)
                        .forAdmin()
                        .failingWith(ErrorCode.NOT_FOUND),
                Method.of("admin_unban", "Ends a ban.", List.of(BANNED), ResultType.of(Done.class), this::unban)
                        .forAdmin()
                        .failingWith(ErrorCode.NOT_FOUND));
    }

    private Done stop(Call call) {
        node.stop();
        return new Done();
    }

    private Done addPeer(Call call) throws RpcException {
        try {
            network.connect(call.arguments().get(ADDRESS));
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidParam(ADDRESS.name(), String.valueOf(e.getMessage()));
        }
        return new Done();
    }

    private Done disconnect(Call call) throws RpcException {
        Hash id = call.arguments().get(ID);
        if (!network.disconnect(id)) {
            throw new RpcException(ErrorCode.NOT_FOUND, "unknown-peer", "no peer " + id + " is connected");
        }
        return new Done();
    }

    private Done unban(Call call) throws RpcException {
        String subject = call.arguments().get(BANNED);
        if (!network.unban(subject)) {
            throw new RpcException(ErrorCode.NOT_FOUND, "unknown-ban", "'" + subject + "' is not banned");
        }
        return new Done();
    }
}
