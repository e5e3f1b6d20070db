package synod.testnet.command;

import java.util.List;
import picocli.CommandLine.Command;
import synod.testnet.network.ExitCode;
import synod.testnet.network.Json;
import synod.testnet.network.Testnet;

/** Stops the nodes. */
@Command(name = "down", description = "Stop all nodes and keep their data; the next up goes on with the same chain.")
final class DownCommand extends TestnetSubcommand {
    DownCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Testnet testnet = session.testnet();
        List<String> stopped = testnet.exists() ? testnet.stopAll() : List.of();
        var json = Json.object();
        stopped.forEach(json.putArray("stopped")::add);
        session.result(
                json,
                stopped.isEmpty()
                        ? "No node runs in " + session.directory() + "."
                        : "Stopped " + String.join(", ", stopped) + "; their data stay in " + session.directory()
                                + ".");
        return ExitCode.OK;
    }
}
