package synod.node.rpc.method;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.Decoder;
import synod.chain.mempool.Wait;
import synod.chain.transaction.Transaction;
import synod.consensus.EngineStatus;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.replica.Network;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.port.SignaturePort;
import synod.node.rpc.result.TransactionJson;

/** {@code mempool_*}: submitting transactions and seeing why they wait. */
public final class MempoolMethods {
    private static final int DEFAULT_LIST = 100;
    private static final int MAX_LIST = 1000;

    private static final Param<byte[]> TRANSACTION =
            Param.bytes("transaction", "The encoded and signed transaction, in hexadecimal digits");
    private static final Param<Hash> ID = Param.hash("id", "The transaction's id");
    private static final Param<Long> LIMIT = Param.integer(
                    "limit", "At most so many transactions; " + DEFAULT_LIST + " by default", 1, MAX_LIST)
            .optional();
    private static final Param<String> ADDRESS = AddressParam.of("address", "The sender's address");

    private final ReplicaAccess replica;
    private final SignaturePort signatures;

    /** The methods over this replica. */
    public MempoolMethods(ReplicaAccess replica, SignaturePort signatures) {
        this.replica = replica;
        this.signatures = signatures;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(
                Method.overlapping(
                                "mempool_submit",
                                "Submits a transaction; answers once it is durable on this node.",
                                List.of(TRANSACTION),
                                ResultType.of(TransactionJson.Submitted.class),
                                this::submit)
                        .failingWith(ErrorCode.NOT_READY, ErrorCode.REJECTED),
                Method.of(
                                "mempool_why",
                                "Why a transaction is in no block yet.",
                                List.of(ID),
                                ResultType.of(TransactionJson.Why.class),
                                this::why)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "mempool_list",
                                "What waits, in the order in which blocks would take it.",
                                List.of(LIMIT),
                                ResultType.of(TransactionJson.Pool.class),
                                this::list)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "mempool_getNextNonce",
                                "The nonce of a sender's next transaction, after those that wait without a gap.",
                                List.of(ADDRESS),
                                ResultType.of(TransactionJson.NextNonce.class),
                                this::nextNonce)
                        .failingWith(ErrorCode.NOT_READY));
    }

    private Method.Pending submit(Call call) throws RpcException {
        Transaction transaction;
        try {
            transaction = decode(call.arguments().get(TRANSACTION));
        } catch (RejectedException e) {
            throw rejected(e.rejection());
        }
        return new Submit(call, transaction, signatures.begin(List.of(transaction)));
    }

    /** A submission whose signature is checked together with those of its neighbours in a batch. */
    private final class Submit implements Method.Pending {
        private final Call call;
        private final Transaction transaction;
        private final SignaturePort.Check check;
        private ReplicaAccess.@Nullable Submission submission;

        Submit(Call call, Transaction transaction, SignaturePort.Check check) {
            this.call = call;
            this.transaction = transaction;
            this.check = check;
        }

        /** On the caller's thread: the replica takes checked transactions only. */
        @Override
        public void proceed() throws RpcException {
            Optional<Rejection> fault = check.await();
            if (fault.isPresent()) {
                throw rejected(fault.get());
            }
            submission = replica.submit(call, new Verified<>(transaction));
        }

        @Override
        public Object await() throws RpcException {
            ReplicaAccess.Submission begun = submission;
            if (begun == null) {
                throw new IllegalStateException("a submission is awaited that was not begun");
            }
            Optional<Rejection> rejection = begun.await();
            if (rejection.isPresent()) {
                throw rejected(rejection.get());
            }
            return new TransactionJson.Submitted(transaction.id());
        }
    }

    private static Transaction decode(byte[] bytes) throws RejectedException {
        if (bytes.length > Transaction.MAX_BYTES) {
            throw new RejectedException(
                    Reason.TOO_LARGE, bytes.length + " bytes; a transaction has at most " + Transaction.MAX_BYTES);
        }
        Decoder in = new Decoder(bytes);
        Transaction transaction = Transaction.decode(in);
        in.finish();
        return transaction;
    }

    private static RpcException rejected(Rejection rejection) {
        return new RpcException(ErrorCode.REJECTED, rejection.reason().code(), rejection.detail());
    }

    private record Standing(boolean included, boolean pending, Optional<Wait> waiting, EngineStatus engine) {}

    private TransactionJson.Why why(Call call) throws RpcException {
        Hash id = call.arguments().get(ID);
        Standing standing = replica.read(
                call,
                view -> new Standing(
                        view.ledger().locate(id).isPresent(),
                        view.mempool().transaction(id).isPresent(),
                        view.mempool().why(id),
                        view.engine()));
        String status = standing.included() ? "included" : standing.pending() ? "pending" : "unknown";
        return new TransactionJson.Why(
                id,
                status,
                standing.included()
                        ? Optional.empty()
                        : standing.waiting().map(wait -> TransactionJson.Waiting.of(wait, standing.engine())));
    }

    private record PoolRead(int count, long bytes, List<Transaction> transactions) {}

    private TransactionJson.Pool list(Call call) throws RpcException {
        Network network = replica.network(call);
        int limit = Math.toIntExact(call.arguments().find(LIMIT).orElse((long) DEFAULT_LIST));
        PoolRead read = replica.read(
                call,
                view -> new PoolRead(
                        view.mempool().count(),
                        view.mempool().bytes(),
                        List.copyOf(view.mempool().inOrder(limit))));
        return new TransactionJson.Pool(
                read.count(),
                read.bytes(),
                read.transactions().stream()
                        .map(transaction -> TransactionJson.Content.of(network, transaction))
                        .toList());
    }

    private TransactionJson.NextNonce nextNonce(Call call) throws RpcException {
        Address address = replica.address(call, ADDRESS);
        return new TransactionJson.NextNonce(
                replica.read(call, view -> view.mempool().nextNonce(address)));
    }
}
