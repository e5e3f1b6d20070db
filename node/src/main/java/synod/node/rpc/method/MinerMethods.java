package synod.node.rpc.method;

import java.util.List;
import java.util.Optional;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.port.MinerPort;
import synod.node.rpc.port.MinerPort.MinerStatus;
import synod.node.rpc.result.AddressText;
import synod.node.rpc.result.NodeJson;

/** {@code miner_*}: the nonce search. */
public final class MinerMethods {
    private final ReplicaAccess replica;
    private final MinerPort miner;

    /** The methods over these. */
    public MinerMethods(ReplicaAccess replica, MinerPort miner) {
        this.replica = replica;
        this.miner = miner;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(Method.of(
                        "miner_getStatus",
                        "What this node's nonce search does.",
                        List.of(),
                        ResultType.of(NodeJson.MinerInfo.class),
                        this::status)
                .failingWith(ErrorCode.NOT_READY));
    }

    private NodeJson.MinerInfo status(Call call) throws RpcException {
        MinerStatus status = miner.status();
        Optional<AddressText> payout = status.payout().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        AddressText.of(replica.network(call), status.payout().get()));
        return new NodeJson.MinerInfo(
                status.mining(), status.hashesPerSecond(), status.threads(), status.kernel(), payout);
    }
}
