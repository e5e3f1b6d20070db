package synod.testnet.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.testnet.network.ExitCode;
import synod.testnet.network.Json;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.NodeState;
import synod.testnet.network.StartedNode;
import synod.testnet.network.Testnet;
import tools.jackson.databind.node.ObjectNode;

/** Adds a node to a network. */
@Command(
        name = "add",
        description = "Add a node to the network and start it; it fetches the chain from the others.",
        footer = {"", "Example: synod testnet add n5"})
final class AddCommand extends TestnetSubcommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "What to call it, such as n5.")
    private String name = "";

    @Option(names = "--observer", description = "Let it follow the chain without mining.")
    private boolean observer;

    AddCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Testnet testnet = session.testnet();
        StartedNode started = testnet.add(name, !observer);
        session.progress(progress -> new NetworkWait(testnet, NetworkWait.PATIENCE, progress).awaitAnswer(started));
        long pid = started.pid();
        String rpc = testnet.description().node(name).rpc();
        ObjectNode json = Json.object()
                .put("name", name)
                .put("state", NodeState.RUNNING.code())
                .put("rpc", rpc)
                .put("pid", pid);
        session.result(
                json,
                "Added " + name + " as process " + pid + ", JSON-RPC on " + rpc + ". Watch it catch up: "
                        + session.command("status --watch"));
        return ExitCode.OK;
    }
}
