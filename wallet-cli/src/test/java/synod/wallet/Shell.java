package synod.wallet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import synod.crypto.Argon2Cost;

/** Runs wallet commands as a user would, in a home directory of their own. */
final class Shell {
    private final Path home;
    private final Map<String, String> variables = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private boolean terminal;
    private String input = "";

    Shell(Path home) {
        this.home = home;
        variables.put("XDG_DATA_HOME", home.toString());
    }

    /** What a command did. */
    record Ran(int exitCode, String out, String err) {
        /** The one JSON object that was printed. */
        JsonObject json() {
            return Json.parseObject(out);
        }

        /** The JSON objects that were printed, a line each. */
        List<JsonObject> jsonLines() {
            return out.lines().map(Json::parseObject).toList();
        }
    }

    /** A shell whose commands ask this node. */
    static Shell at(FakeNode node, Path home) {
        return new Shell(home).with(Nodes.RPC_VARIABLE, node.url());
    }

    Shell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Shell without(String variable) {
        variables.remove(variable);
        return this;
    }

    /** Standard input of the next command. */
    Shell input(String text) {
        input = text;
        return this;
    }

    /** A person at a terminal who will type this, line after line. */
    Shell typing(String... lines) {
        terminal = true;
        typed.addAll(List.of(lines));
        return this;
    }

    Path wallets() {
        return home.resolve("synod").resolve("wallet");
    }

    Ran run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                Map.copyOf(variables),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal ? Optional.of(new Typist()) : Optional.empty(),
                1,
                Argon2Cost.DEVELOPMENT);
        int exitCode = WalletMain.run(environment, args);
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private final class Typist implements Terminal {
        @Override
        public Optional<String> readLine(String prompt) {
            return Optional.ofNullable(typed.poll());
        }

        @Override
        public Optional<char[]> readSecret(String prompt) {
            return readLine(prompt).map(String::toCharArray);
        }
    }
}
