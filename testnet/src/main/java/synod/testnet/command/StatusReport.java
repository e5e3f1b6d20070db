package synod.testnet.command;

import java.util.List;
import synod.testnet.network.Json;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDescription;
import synod.wallet.terminal.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a network fares, for programs and for people.
 *
 * @param nodes in the order of the description
 */
record StatusReport(TestnetDescription description, List<NodeStatus> nodes) {
    private static final int SHORT_ID = 12;

    /** Asks the nodes. */
    static StatusReport of(Testnet testnet) {
        TestnetDescription description = testnet.description();
        return new StatusReport(description, testnet.status(description.nodes()));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("engine", description.engine()).put("chainId", description.chainId());
        ArrayNode nodeArray = json.putArray("nodes");
        nodes.forEach(node -> nodeArray.add(node.json()));
        ArrayNode accountArray = json.putArray("accounts");
        description
                .accounts()
                .forEach(account ->
                        accountArray.addObject().put("name", account.name()).put("address", account.address()));
        return json;
    }

    /** A table, and below it what mining comes to. */
    String text() {
        Table table = new Table(List.of(
                new Table.Column("NODE", false),
                new Table.Column("STATE", false),
                new Table.Column("ROLE", false),
                new Table.Column("HEIGHT", true),
                new Table.Column("HEAD", false),
                new Table.Column("PEERS", true),
                new Table.Column("RPC", false),
                new Table.Column("PID", true),
                new Table.Column("ACTIVITY", false)));
        for (NodeStatus node : nodes) {
            table.row(List.of(
                    node.name(),
                    node.state().code(),
                    node.answer().map(NodeStatus.Answer::role).orElse("-"),
                    node.answer().map(answer -> Long.toString(answer.height())).orElse("-"),
                    node.answer().map(answer -> shortened(answer.head())).orElse("-"),
                    node.answer()
                            .map(answer -> Integer.toString(answer.peers()))
                            .orElse("-"),
                    node.node().rpc(),
                    node.pid().map(pid -> Long.toString(pid)).orElse("-"),
                    node.activity()));
        }
        StringBuilder text =
                new StringBuilder("Engine " + description.engine() + ", chain " + shortened(description.chainId()));
        text.append(System.lineSeparator()).append(table);
        nodes.forEach(node -> node.mining()
                .ifPresent(mining -> text.append(System.lineSeparator())
                        .append(node.name())
                        .append(" mines: ")
                        .append(mining)));
        return text.toString();
    }

    private static String shortened(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }
}
