package synod.testnet.command;

import picocli.CommandLine.Command;
import synod.testnet.network.ExitCode;
import synod.testnet.network.NodeState;

/** Ends a node without warning. */
@Command(
        name = "kill",
        description = "End a node's process without warning (SIGKILL), as a power failure would.",
        footer = {"", "Example: synod testnet kill n2, and later: synod testnet start n2"})
final class KillCommand extends NodeCommand {
    KillCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        long pid = session.testnet().kill(node());
        report(
                session,
                NodeState.DEAD,
                pid,
                "Killed " + node() + ", process " + pid + ". Start it again: " + session.command("start " + node()));
        return ExitCode.OK;
    }
}
