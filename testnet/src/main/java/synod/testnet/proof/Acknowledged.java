package synod.testnet.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import synod.crypto.Hash;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;

/** The transactions that nodes have promised to keep. Thread-safe. */
final class Acknowledged {
    private final List<Promise> promises = new ArrayList<>();

    /**
     * A promise.
     *
     * @param node the name of the node that gave it
     */
    record Promise(Hash transaction, String node) {}

    synchronized void add(Hash transaction, String node) {
        promises.add(new Promise(transaction, node));
    }

    synchronized int count() {
        return promises.size();
    }

    /** Those from the given one on. */
    synchronized List<Promise> from(int index) {
        return List.copyOf(promises.subList(index, promises.size()));
    }

    /** Where a transaction stands, by the word of a node: included, pending or unknown. */
    static String standing(NodeRpc node, Hash transaction) {
        try {
            return node.call("ledger_getTransaction", Json.object().put("id", transaction.toString()))
                    .path("status")
                    .asString("");
        } catch (IOException e) {
            throw new ProofFailure("a node does not say where transaction " + transaction + " is: " + e.getMessage());
        } catch (NodeRpc.ErrorAnswer e) {
            throw new ProofFailure("a node refuses to say where transaction " + transaction + " is: " + e.getMessage());
        }
    }
}
