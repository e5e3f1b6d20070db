package synod.testnet.command;

import picocli.CommandLine.Command;
import synod.testnet.network.ExitCode;
import synod.testnet.network.NodeState;

/** Lets a paused node go on. */
@Command(name = "resume", description = "Let a paused node go on (SIGCONT).")
final class ResumeCommand extends NodeCommand {
    ResumeCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        long pid = session.testnet().resume(node());
        report(session, NodeState.RUNNING, pid, "Resumed " + node() + ", process " + pid + ".");
        return ExitCode.OK;
    }
}
