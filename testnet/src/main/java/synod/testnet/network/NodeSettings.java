package synod.testnet.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import synod.consensus.pos.WeakCheckpoint;
import synod.crypto.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's {@code node.json}, as far as the network as a whole decides it: its ports and its peers. Whatever else stands
 * there, a person may have changed, and it stays.
 */
final class NodeSettings {
    /** Keeps four nodes from taking the whole machine. */
    private static final int MAX_HASHES_PER_SECOND = 50_000;

    private static final String LOOPBACK = "127.0.0.1:";

    private final Path file;
    private final ObjectNode root;

    private NodeSettings(Path file, ObjectNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * A new configuration, not written yet.
     *
     * @param payout where rewards go; without it the node does not mine
     */
    static NodeSettings create(NodeDirectory node, int p2pPort, int rpcPort, Optional<String> payout) {
        ObjectNode root = Json.object()
                .put("name", node.name())
                .put("genesis", "../../genesis.json")
                .put("dataDir", "data");
        root.putObject("p2p")
                .put("listen", LOOPBACK + p2pPort)
                .put("allowLocalAddresses", true)
                .putArray("peers");
        root.putObject("rpc").put("listen", LOOPBACK + rpcPort);
        payout.ifPresent(address -> root.putObject("mining")
                .put("payout", address)
                .put("threads", 1)
                .put("maxHashesPerSecond", MAX_HASHES_PER_SECOND));
        return new NodeSettings(node.config(), root);
    }

    /**
     * Reads a configuration.
     *
     * @throws TestnetException if it is damaged
     */
    static NodeSettings load(NodeDirectory node) {
        Path file = node.config();
        try {
            JsonNode root = Json.parse(Files.readString(file));
            if (root instanceof ObjectNode object) {
                NodeSettings settings = new NodeSettings(file, object);
                settings.port("p2p");
                settings.port("rpc");
                return settings;
            }
            throw damaged(file, "it is not an object");
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage());
        } catch (IOException e) {
            throw TestnetDirectory.unusable(file, e);
        }
    }

    private static TestnetException damaged(Path file, String why) {
        return TestnetException.failure(file + " is not a node's configuration: " + why
                + ". Mend it, or begin anew with ./synod testnet reset.");
    }

    int p2pPort() {
        return port("p2p");
    }

    int rpcPort() {
        return port("rpc");
    }

    private int port(String section) {
        return port(section, "listen");
    }

    private int port(String section, String field) {
        String address = root.path(section).path(field).asString("");
        try {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw damaged(file, section + "." + field + " is '" + address + "' and not host:port");
        }
    }

    /** Moves the node to these ports. */
    void listen(int p2pPort, int rpcPort) {
        section("p2p").put("listen", LOOPBACK + p2pPort);
        section("rpc").put("listen", LOOPBACK + rpcPort);
    }

    /** Lets miners of this machine connect, and gives the rewards to the node, which divides them. */
    void serveMiners(int port) {
        ObjectNode mining = root.withObject("/mining");
        mining.put("payout", "node").put("stratum", LOOPBACK + port);
    }

    /**
     * Lets the node follow any chain that begins with this block, however long it was off: all nodes of a local network
     * are their owner's, and may stand still together.
     */
    void trustChainsFrom(Hash block0) {
        root.put("checkpoint", new WeakCheckpoint(0, block0).toString());
    }

    /** Lets the node lie by a strategy, or be honest again. */
    void lie(Optional<String> strategy) {
        strategy.ifPresentOrElse(name -> root.put("byzantine", name), () -> root.remove("byzantine"));
    }

    /** The port for miners, if they may connect. */
    Optional<Integer> minersPort() {
        return root.path("mining").has("stratum") ? Optional.of(port("mining", "stratum")) : Optional.empty();
    }

    /** Whether the node searches nonces as fast as it can: no local network begins so. */
    boolean minesAtFullSpeed() {
        return root.has("mining")
                && root.path("mining").path("maxHashesPerSecond").asLong(Long.MAX_VALUE) > MAX_HASHES_PER_SECOND;
    }

    /** Sets whom the node dials: {@code nodeid@host:port}. */
    void peers(List<String> addresses) {
        ArrayNode array = section("p2p").putArray("peers");
        addresses.forEach(array::add);
    }

    private ObjectNode section(String name) {
        return (ObjectNode) root.path(name);
    }

    /** Writes the file. */
    void save() {
        AtomicFile.write(file, Json.pretty(root));
    }
}
