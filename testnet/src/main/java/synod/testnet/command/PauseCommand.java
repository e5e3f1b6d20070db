package synod.testnet.command;

import picocli.CommandLine.Command;
import synod.testnet.network.ExitCode;
import synod.testnet.network.NodeState;

/** Makes a node stand still. */
@Command(
        name = "pause",
        description =
                "Make a node's process stand still (SIGSTOP): its connections stay open, and nothing comes from it.",
        footer = {"", "Example: synod testnet pause n3, and later: synod testnet resume n3"})
final class PauseCommand extends NodeCommand {
    PauseCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        long pid = session.testnet().pause(node());
        report(
                session,
                NodeState.PAUSED,
                pid,
                "Paused " + node() + ", process " + pid + ". Let it go on: " + session.command("resume " + node()));
        return ExitCode.OK;
    }
}
