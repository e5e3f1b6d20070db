package synod.node.rpc.method;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.node.replica.Network;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaView;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.Deadline;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.port.NodePort.Health;
import synod.node.rpc.port.NodePort.Phase;

/** How methods ask the replica: never before it is ready, never longer than the call may take. */
public final class ReplicaAccess {
    private final ReplicaClient replica;
    private final NodePort node;
    private volatile Optional<Network> network = Optional.empty();

    /** Access to this node's replica. */
    public ReplicaAccess(ReplicaClient replica, NodePort node) {
        this.replica = replica;
        this.node = node;
    }

    /**
     * Asks and waits. The query runs on the replica's thread, so it only fetches; what takes time is done with the
     * answer.
     *
     * @throws RpcException if the node is starting, or the replica does not answer in time
     */
    public <T> T read(Call call, Function<ReplicaView, T> query) throws RpcException {
        checkReady();
        return await(replica.read(query), call.deadline(), "the replica did not answer in time");
    }

    /** Begins to submit a transaction; the result is waited for later. */
    Submission submit(Call call, Verified<Transaction> transaction) throws RpcException {
        checkReady();
        CompletableFuture<Optional<Rejection>> future = replica.submit(transaction);
        return () -> await(
                future,
                call.deadline(),
                "no answer in time, so the outcome is open: ask mempool_why for "
                        + transaction.value().id() + " or submit it again");
    }

    /** A submission under way. */
    @FunctionalInterface
    interface Submission {
        Optional<Rejection> await() throws RpcException;
    }

    /** The network, which never changes. */
    public Network network(Call call) throws RpcException {
        Optional<Network> known = network;
        if (known.isEmpty()) {
            known = Optional.of(read(call, ReplicaView::network));
            network = known;
        }
        return known.get();
    }

    /** Reads an address parameter as one of this network. */
    Address address(Call call, Param<String> param) throws RpcException {
        String text = call.arguments().get(param);
        try {
            return Address.parse(network(call).addressPrefix(), text);
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidParam(param.name(), "'" + param.name() + "': " + e.getMessage());
        }
    }

    private void checkReady() throws RpcException {
        Health health = node.health();
        if (health.phase() == Phase.STARTING) {
            throw new RpcException(ErrorCode.NOT_READY, "starting", health.activity());
        }
    }

    private static <T> T await(CompletableFuture<T> future, Deadline deadline, String onTimeout) throws RpcException {
        try {
            return future.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RpcException(ErrorCode.TOO_BUSY, "deadline", onTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(ErrorCode.TOO_BUSY, "stopping", "this node stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the replica failed a query", e.getCause());
        }
    }
}
