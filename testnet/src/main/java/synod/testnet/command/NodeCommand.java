package synod.testnet.command;

import picocli.CommandLine.Parameters;
import synod.testnet.network.Json;
import synod.testnet.network.NodeState;

/** What the commands on one node have in common. */
abstract class NodeCommand extends TestnetSubcommand {
    @Parameters(index = "0", paramLabel = "NODE", description = "A node's name, such as n2.")
    private String node = "";

    NodeCommand(Environment environment) {
        super(environment);
    }

    String node() {
        return node;
    }

    /** Says what was done. */
    void report(Session session, NodeState state, long pid, String text) {
        session.result(
                Json.object().put("name", node).put("state", state.code()).put("pid", pid), text);
    }
}
