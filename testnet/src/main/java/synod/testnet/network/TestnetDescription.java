package synod.testnet.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code testnet.json} says about a network. It is made of the genesis file, the nodes' configurations and their
 * processes, so a damaged one can be written anew.
 *
 * @param engine the engine's name
 * @param chainId the genesis block's id, 64 hexadecimal digits
 * @param accounts the funded development accounts
 */
public record TestnetDescription(String engine, String chainId, List<Node> nodes, List<Account> accounts) {
    private static final long MAX_BYTES = 1 << 20;

    /**
     * A node.
     *
     * @param rpc the URL of its JSON-RPC
     * @param p2p {@code host:port} where peers reach it
     * @param pid its process when it was last started; empty when it was stopped as asked
     */
    public record Node(String name, String rpc, String p2p, Optional<Long> pid) {
        Node withPid(Optional<Long> newPid) {
            return new Node(name, rpc, p2p, newPid);
        }
    }

    /** A name and an address that hold coins from the start. */
    public record Account(String name, String address) {}

    /** Copies the lists. */
    public TestnetDescription {
        nodes = List.copyOf(nodes);
        accounts = List.copyOf(accounts);
    }

    /**
     * Reads the file; empty if there is none.
     *
     * @throws TestnetException if it is damaged
     */
    public static Optional<TestnetDescription> load(TestnetDirectory directory) {
        Path file = directory.description();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw damaged(file, "it is too large");
            }
            return Optional.of(parse(Json.parse(Files.readString(file)), file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage());
        } catch (IOException e) {
            throw TestnetDirectory.unusable(file, e);
        }
    }

    private static TestnetDescription parse(JsonNode root, Path file) {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode node : root.path("nodes")) {
            nodes.add(new Node(
                    text(node, "name", file),
                    text(node, "rpc", file),
                    text(node, "p2p", file),
                    node.path("pid").isIntegralNumber()
                            ? Optional.of(node.path("pid").asLong())
                            : Optional.empty()));
        }
        List<Account> accounts = new ArrayList<>();
        for (JsonNode account : root.path("accounts")) {
            accounts.add(new Account(text(account, "name", file), text(account, "address", file)));
        }
        return new TestnetDescription(text(root, "engine", file), text(root, "chainId", file), nodes, accounts);
    }

    private static String text(JsonNode object, String field, Path file) {
        if (!object.path(field).isString()) {
            throw damaged(file, "field '" + field + "' is missing");
        }
        return object.path(field).asString();
    }

    private static TestnetException damaged(Path file, String why) {
        return TestnetException.failure(
                file + " does not describe a testnet: " + why + ". ./synod testnet up writes it anew.");
    }

    /** Writes the file. */
    public void save(TestnetDirectory directory) {
        ObjectNode root = Json.object().put("engine", engine).put("chainId", chainId);
        ArrayNode nodeArray = root.putArray("nodes");
        for (Node node : nodes) {
            nodeArray
                    .addObject()
                    .put("name", node.name())
                    .put("rpc", node.rpc())
                    .put("p2p", node.p2p())
                    .put("pid", node.pid().orElse(null))
                    .put("dir", directory.node(node.name()).path().toString());
        }
        ArrayNode accountArray = root.putArray("accounts");
        for (Account account : accounts) {
            accountArray.addObject().put("name", account.name()).put("address", account.address());
        }
        AtomicFile.write(directory.description(), Json.pretty(root));
    }

    /**
     * The node of this name.
     *
     * @throws TestnetException if there is none
     */
    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> TestnetException.usage("There is no node '" + name + "' here; there are "
                        + String.join(", ", nodes.stream().map(Node::name).toList()) + "."));
    }

    /** The same with this node in the place of the one of its name. */
    public TestnetDescription with(Node changed) {
        return new TestnetDescription(
                engine,
                chainId,
                nodes.stream()
                        .map(node -> node.name().equals(changed.name()) ? changed : node)
                        .toList(),
                accounts);
    }
}
