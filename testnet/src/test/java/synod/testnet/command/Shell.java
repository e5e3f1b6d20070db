package synod.testnet.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import synod.testnet.network.Json;
import synod.testnet.network.TestnetDirectory;
import tools.jackson.databind.JsonNode;

/** Types testnet commands for one directory, with fake nodes. */
final class Shell {
    private final Path directory;

    Shell(Path directory) {
        this.directory = directory;
    }

    /** What a command printed and returned. */
    record Outcome(int exitCode, String out, String err) {
        JsonNode json() {
            return Json.parse(out);
        }
    }

    /** Types a command where there is no terminal. */
    Outcome type(String... words) {
        return type(Optional.empty(), words);
    }

    /** Types a command at a terminal where questions are answered so. */
    Outcome type(Optional<Function<String, Optional<String>>> terminal, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                Map.of(TestnetDirectory.VARIABLE, directory.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                FakeNode::program);
        int exitCode = TestnetCommand.run(environment, words);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The status of each node. */
    List<JsonNode> nodes() {
        List<JsonNode> nodes = new ArrayList<>();
        type("status", "--json").json().path("nodes").forEach(nodes::add);
        return nodes;
    }

    /** The status of one node. */
    JsonNode node(String name) {
        return nodes().stream()
                .filter(node -> node.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String state(String name) {
        return node(name).path("state").asString();
    }
}
