package synod.testnet.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import synod.chain.transaction.Transaction;
import synod.consensus.Finality;
import synod.crypto.Hash;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.NodeSocket;
import synod.testnet.network.TestnetDescription;
import synod.testnet.proof.ProofFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A closed loop of clients: each submits a payment, waits until a block that counts holds it, and submits the next. Where
 * what is decided is final at once a block counts when it is final, elsewhere when it joins the adopted branch; where
 * finality follows later, that is measured too. Each client has a node of its own to submit to; what has become of the
 * payments, the first node says. One thread runs all clients; it sends what several of them have for one node in one
 * message.
 */
final class ConsensusLoad implements AutoCloseable {
    private static final String HEADS = "heads";
    private static final String FINALITY = "finality";

    private final BenchAccounts accounts;
    private final Hash chainId;
    private final boolean countFinal;
    private final boolean finalLater;
    private final List<NodeSocket> sockets = new ArrayList<>();
    private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final List<Deque<Signed>> ready = new ArrayList<>();
    private final List<List<Integer>> idle = new ArrayList<>();

    /** When the payments were submitted that stand in blocks which are not final yet, by height. */
    private final TreeMap<Long, List<Long>> notFinal = new TreeMap<>();

    private long countedHeight;
    private boolean asking;
    private long heardHeight;
    private @Nullable Measurement measurement;

    private record Signed(String id, String hex) {}

    private record Sent(int client, long nanos) {}

    /** What is counted between two moments. */
    static final class Measurement {
        final Latencies latencies = new Latencies();
        final Latencies finality = new Latencies();
        final long begunNanos = System.nanoTime();
        int blocks;
        long endedNanos;

        double seconds() {
            return (endedNanos - begunNanos) / 1e9;
        }
    }

    /**
     * Connects the clients.
     *
     * @param accounts one for each client
     * @param kind of the network's finality
     */
    static ConsensusLoad connect(
            TestnetDescription network, BenchAccounts accounts, Finality.Kind kind, int signedAhead)
            throws IOException {
        ConsensusLoad load = new ConsensusLoad(network, accounts, kind);
        boolean connected = false;
        try {
            for (TestnetDescription.Node node : network.nodes()) {
                load.sockets.add(NodeSocket.connect(node.rpc(), event -> load.events.add(() -> load.heard(event))));
            }
            load.sign(signedAhead);
            load.begin();
            connected = true;
            return load;
        } finally {
            if (!connected) {
                load.close();
            }
        }
    }

    private ConsensusLoad(TestnetDescription network, BenchAccounts accounts, Finality.Kind kind) {
        this.accounts = accounts;
        this.chainId = Hash.parse(network.chainId());
        this.countFinal = kind == Finality.Kind.BYZANTINE || kind == Finality.Kind.CRASH;
        this.finalLater = kind == Finality.Kind.ECONOMIC;
        network.nodes().forEach(_ -> idle.add(new ArrayList<>()));
        for (int client = 0; client < accounts.count(); client++) {
            ready.add(new ArrayDeque<>());
        }
    }

    /** Signs payments beforehand, so that signing does not count as the network's time. */
    private void sign(int count) {
        for (int i = 0; i < count; i++) {
            int client = i % accounts.count();
            ready.get(client).add(signed(client));
        }
    }

    private Signed signed(int client) {
        Transaction transaction = accounts.next(client, chainId);
        return new Signed(transaction.id().toString(), HexFormat.of().formatHex(transaction.encode()));
    }

    private void begin() {
        if (!countFinal) {
            subscribe(HEADS);
        }
        if (countFinal || finalLater) {
            subscribe(FINALITY);
        }
        countedHeight = sockets.getFirst()
                .call("ledger_getHead", Json.object())
                .join()
                .path("result")
                .path("height")
                .asLong();
        heardHeight = countedHeight;
        for (int client = 0; client < accounts.count(); client++) {
            idle.get(client % sockets.size()).add(client);
        }
        submit();
    }

    private void subscribe(String topic) {
        JsonNode answer = sockets.getFirst()
                .call("ledger_subscribe", Json.object().put("topic", topic))
                .join();
        if (!answer.has("result")) {
            throw new ProofFailure("the first node does not tell of blocks: " + answer.path("error"));
        }
    }

    /** Runs the clients for so long, and counts what is settled meanwhile. */
    Measurement run(long seconds) throws InterruptedException {
        Measurement now = new Measurement();
        measurement = now;
        long end = now.begunNanos + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            Runnable event = events.poll(left, TimeUnit.NANOSECONDS);
            if (event != null) {
                event.run();
                // all that has happened by now, before the clients that are free act
                for (Runnable next = events.poll(); next != null; next = events.poll()) {
                    next.run();
                }
                submit();
            }
        }
        now.endedNanos = System.nanoTime();
        measurement = null;
        return now;
    }

    private void submit() {
        for (int node = 0; node < sockets.size(); node++) {
            List<Integer> clients = idle.get(node);
            for (int start = 0; start < clients.size(); start += NodeRpc.MAX_BATCH) {
                submit(sockets.get(node), clients.subList(start, Math.min(clients.size(), start + NodeRpc.MAX_BATCH)));
            }
            clients.clear();
        }
    }

    private void submit(NodeSocket socket, List<Integer> clients) {
        List<ObjectNode> params = new ArrayList<>();
        long now = System.nanoTime();
        for (int client : clients) {
            Signed next = ready.get(client).isEmpty()
                    ? signed(client)
                    : ready.get(client).remove();
            sent.put(next.id(), new Sent(client, now));
            params.add(Json.object().put("transaction", next.hex()));
        }
        for (CompletableFuture<JsonNode> answer : socket.callAll("mempool_submit", params)) {
            answer.whenComplete((message, failure) -> {
                if (failure != null || message.has("error")) {
                    events.add(() -> {
                        throw new ProofFailure(
                                "a payment was refused: " + (failure != null ? failure : message.path("error")));
                    });
                }
            });
        }
    }

    private void heard(JsonNode told) {
        long height = told.path("event").path("height").asLong();
        if (finalLater && told.path("topic").asString("").equals(FINALITY)) {
            becameFinal(height);
        } else {
            heardHeight = Math.max(heardHeight, height);
            askNext();
        }
    }

    private void becameFinal(long height) {
        long now = System.nanoTime();
        Map<Long, List<Long>> upTo = notFinal.headMap(height, true);
        if (measurement != null) {
            Latencies finality = measurement.finality;
            upTo.values().forEach(submitted -> submitted.forEach(nanos -> finality.add(now - nanos)));
        }
        upTo.clear();
    }

    private void askNext() {
        if (asking || countedHeight >= heardHeight) {
            return;
        }
        asking = true;
        sockets.getFirst()
                .call("ledger_getBlock", Json.object().put("height", countedHeight + 1))
                .whenComplete((message, failure) -> events.add(() -> {
                    asking = false;
                    if (failure != null || !message.has("result")) {
                        throw new ProofFailure("block " + (countedHeight + 1) + " cannot be read: "
                                + (failure != null ? failure : message.path("error")));
                    }
                    count(message.path("result"));
                    askNext();
                }));
    }

    private void count(JsonNode block) {
        countedHeight++;
        long now = System.nanoTime();
        if (measurement != null) {
            measurement.blocks++;
        }
        for (JsonNode id : block.path("transactionIds")) {
            Sent payment = sent.remove(id.asString());
            if (payment != null) {
                if (measurement != null) {
                    measurement.latencies.add(now - payment.nanos());
                }
                if (finalLater) {
                    notFinal.computeIfAbsent(countedHeight, _ -> new ArrayList<>())
                            .add(payment.nanos());
                }
                idle.get(payment.client() % sockets.size()).add(payment.client());
            }
        }
    }

    @Override
    public void close() {
        sockets.forEach(NodeSocket::close);
    }
}
