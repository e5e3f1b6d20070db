package synod.node.rpc.method;

import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.node.replica.Network;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.port.MinerPort;
import synod.node.rpc.port.MinerPort.MinerStatus;
import synod.node.rpc.port.PoolPort;
import synod.node.rpc.port.PoolPort.PoolStatus;
import synod.node.rpc.result.AddressText;
import synod.node.rpc.result.NodeJson;

/** {@code miner_*}: the nonce search, and the miners that work for this node. */
public final class MinerMethods {
    /** The engine's own figure: how many hashes the next block takes. */
    private static final String EXPECTED_HASHES = "expectedHashes";

    private final ReplicaAccess replica;
    private final MinerPort miner;
    private final PoolPort pool;

    /** The methods over these. */
    public MinerMethods(ReplicaAccess replica, MinerPort miner, PoolPort pool) {
        this.replica = replica;
        this.miner = miner;
        this.pool = pool;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(Method.of(
                        "miner_getStatus",
                        "What this node's nonce search does, and the miners that work for it.",
                        List.of(),
                        ResultType.of(NodeJson.MinerInfo.class),
                        this::status)
                .failingWith(ErrorCode.NOT_READY));
    }

    private NodeJson.MinerInfo status(Call call) throws RpcException {
        MinerStatus status = miner.status();
        Network network = replica.network(call);
        Optional<PoolStatus> miners = pool.status();
        double hashesPerSecond = status.hashesPerSecond()
                + miners.map(PoolStatus::hashesPerSecond).orElse(0.0);
        return new NodeJson.MinerInfo(
                status.mining(),
                status.hashesPerSecond(),
                status.threads(),
                status.kernel(),
                status.slowKernel(),
                status.payout().map(address -> AddressText.of(network, address)),
                expectedSeconds(call, hashesPerSecond),
                miners.map(known -> json(network, known)));
    }

    private Optional<Double> expectedSeconds(Call call, double hashesPerSecond) throws RpcException {
        String hashes = replica.read(call, view -> view.engine().details().get(EXPECTED_HASHES));
        return hashes == null || hashesPerSecond <= 0
                ? Optional.empty()
                : Optional.of(Double.parseDouble(hashes) / hashesPerSecond);
    }

    private static NodeJson.Pool json(Network network, PoolStatus status) {
        return new NodeJson.Pool(
                status.miners(),
                status.hashesPerSecond(),
                status.accepted(),
                status.refused(),
                status.blocks(),
                status.workers().stream()
                        .map(worker -> new NodeJson.PoolWorker(
                                AddressText.of(network, worker.worker()),
                                worker.hashesPerSecond(),
                                worker.accepted(),
                                worker.refused()))
                        .toList(),
                status.accounts()
                        .map(accounts -> new NodeJson.PoolAccounts(
                                new Amount(accounts.owedUnits()),
                                accounts.unsettledPayments(),
                                accounts.paidBlocks(),
                                accounts.orphans())));
    }
}
