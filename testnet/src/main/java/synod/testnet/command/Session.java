package synod.testnet.command;

import java.util.Optional;
import java.util.function.Consumer;
import synod.testnet.network.Json;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDirectory;
import synod.wallet.terminal.Progress;
import tools.jackson.databind.JsonNode;

/**
 * One command's way to the network and the screen: results to standard output, for people or as JSON lines; everything
 * else to standard error.
 *
 * @param json whether results are for programs
 */
record Session(Environment environment, TestnetDirectory directory, boolean json) {
    /** The network in the session's directory. */
    Testnet testnet() {
        return new Testnet(directory, environment.program(), this::note);
    }

    /** One result: the object for programs, the text for people. */
    void result(JsonNode object, String text) {
        environment.out().println(json ? Json.line(object) : text);
    }

    /** Something worth knowing that is no result. */
    void note(String text) {
        environment.err().println(text);
    }

    /** Runs something that takes a while and says, again and again, what it waits for. */
    void progress(Consumer<Consumer<String>> work) {
        Progress progress =
                new Progress(environment.err(), environment.terminal().isPresent());
        try {
            work.accept(progress::show);
        } finally {
            progress.clear();
        }
    }

    /** How another testnet command is typed for the same network. */
    String command(String rest) {
        boolean usual = directory.equals(TestnetDirectory.find(environment.variables(), Optional.empty()));
        return "./synod testnet " + rest + (usual ? "" : " --dir " + directory);
    }
}
