package synod.node.replica;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;

/** How the edges of a node speak to its replica from their own threads. */
public interface ReplicaClient {
    /** Runs a query between two inputs. It must be short and must not keep the view. */
    <T> CompletableFuture<T> read(Function<ReplicaView, T> query);

    /**
     * Offers a transaction. Completes with a rejection, or empty once the transaction is durable on this node: it then
     * survives a crash at any moment.
     */
    CompletableFuture<Optional<Rejection>> submit(Verified<Transaction> transaction);

    /**
     * Hears of what happens, in order, on the replica's thread: the listener must hand on and return at once.
     *
     * @return ends the subscription
     */
    Runnable subscribe(Consumer<ReplicaEvent> listener);
}
