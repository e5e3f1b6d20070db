package synod.testnet.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import synod.crypto.Hash;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;

/** The transactions that nodes have promised to keep. Thread-safe. */
final class Acknowledged {
    /** A busy node answers one question after the other, and must be done with all of a batch in time. */
    private static final int ASKED_AT_ONCE = 20;

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

    /**
     * Those of the promises whose transaction does not stand at a node as it must.
     *
     * @param good the words for where a transaction may stand: included, pending
     */
    static List<Promise> missing(NodeRpc node, List<Promise> promises, Set<String> good) {
        List<Promise> missing = new ArrayList<>();
        for (int from = 0; from < promises.size(); from += ASKED_AT_ONCE) {
            List<Promise> some = promises.subList(from, Math.min(promises.size(), from + ASKED_AT_ONCE));
            List<String> standings =
                    standings(node, some.stream().map(Promise::transaction).toList());
            for (int i = 0; i < some.size(); i++) {
                if (!good.contains(standings.get(i))) {
                    missing.add(some.get(i));
                }
            }
        }
        return missing;
    }

    /** Where transactions stand, by the word of a node. */
    static List<String> standings(NodeRpc node, List<Hash> transactions) {
        try {
            return node
                    .callAll(
                            "ledger_getTransaction",
                            transactions.stream()
                                    .map(id -> Json.object().put("id", id.toString()))
                                    .toList())
                    .stream()
                    .map(result -> result.path("status").asString(""))
                    .toList();
        } catch (IOException e) {
            throw new ProofFailure("a node does not say where transactions are: " + e.getMessage());
        } catch (NodeRpc.ErrorAnswer e) {
            throw new ProofFailure("a node refuses to say where transactions are: " + e.getMessage());
        }
    }
}
