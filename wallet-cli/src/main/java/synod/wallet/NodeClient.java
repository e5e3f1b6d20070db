package synod.wallet;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** The questions that the wallet puts to a node, with typed answers. */
final class NodeClient {
    private final RpcClient rpc;
    private @Nullable Network network;

    NodeClient(RpcClient rpc) {
        this.rpc = rpc;
    }

    /** The network; asked for once. */
    Network network() {
        if (network == null) {
            network = Network.of(object("ledger_getNetwork", new JsonObject()));
        }
        return network;
    }

    /**
     * An account's state at the head.
     *
     * @param balance what it can spend
     * @param nonce how many of its transactions stand in blocks
     * @param nextNonce the nonce of its next transaction, after those that wait
     * @param maturing rewards that are not paid out yet
     */
    record AccountState(Amount balance, long nonce, long nextNonce, Amount maturing) {}

    /** The account with this address. */
    AccountState account(String address) {
        JsonObject result = object("ledger_getAccount", new JsonObject().put("address", address));
        Amount maturing = Amount.ZERO;
        for (JsonObject reward : result.objects("maturing")) {
            maturing = maturing.plus(amount(reward.text("amount")));
        }
        return new AccountState(
                amount(result.text("balance")), result.number("nonce"), result.number("nextNonce"), maturing);
    }

    /** The nonce that the sender's next transaction needs. */
    long nextNonce(String address) {
        return object("mempool_getNextNonce", new JsonObject().put("address", address))
                .number("nonce");
    }

    /** Hands a transaction over; returns when it is durable on the node. */
    void submit(Transaction transaction) {
        rpc.call(
                "mempool_submit",
                new JsonObject().put("transaction", HexFormat.of().formatHex(transaction.encode())));
    }

    /** Where a transaction stands. */
    TransactionStatus status(Hash id) {
        return TransactionStatus.of(object("ledger_getTransaction", new JsonObject().put("id", id.toString())));
    }

    /** Who decides blocks. */
    JsonObject validators() {
        return object("consensus_getValidators", new JsonObject());
    }

    /** Who has what at stake; empty where stake does not decide. */
    Optional<JsonObject> stake() {
        return stake(new JsonObject());
    }

    /** What one validator has at stake; empty where stake does not decide. */
    Optional<JsonObject> stake(PublicKey key) {
        return stake(new JsonObject().put("key", key.toString()))
                .map(stake -> stake.objects("validators").getFirst());
    }

    private Optional<JsonObject> stake(JsonObject params) {
        Object result = rpc.call("consensus_getStake", params);
        return result == null
                ? Optional.empty()
                : Optional.of(JsonObject.asObject(result, "the result of consensus_getStake"));
    }

    /** What the node does about consensus. */
    JsonObject consensus() {
        return object("consensus_getStatus", new JsonObject());
    }

    /** What the node and its miners search. */
    JsonObject miner() {
        return object("miner_getStatus", new JsonObject());
    }

    /** An account's movements, newest first. */
    List<JsonObject> history(String address, Optional<Long> beforeHeight, int limit) {
        JsonObject params = new JsonObject().put("address", address);
        params.putIfPresent("beforeHeight", beforeHeight).put("limit", limit);
        return JsonObject.asObjects(rpc.call("ledger_getHistory", params), "the history");
    }

    private JsonObject object(String method, JsonObject params) {
        return JsonObject.asObject(rpc.call(method, params), "the result of " + method);
    }

    /** An amount in a node's answer. */
    static Amount amount(String text) {
        try {
            return Amount.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException(e);
        }
    }

    /** A digest in a node's answer. */
    static Hash hash(String text) {
        try {
            return Hash.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException(e);
        }
    }
}
