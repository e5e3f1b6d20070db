package synod.testnet.command;

import picocli.CommandLine.Command;
import synod.testnet.network.ExitCode;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.NodeState;
import synod.testnet.network.StartedNode;
import synod.testnet.network.Testnet;

/** Starts a node that was killed or stopped. */
@Command(name = "start", description = "Start a node that does not run; it goes on from what it has on disk.")
final class StartCommand extends NodeCommand {
    StartCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Testnet testnet = session.testnet();
        StartedNode started = testnet.start(node());
        session.progress(progress -> new NetworkWait(testnet, NetworkWait.PATIENCE, progress).awaitAnswer(started));
        long pid = started.pid();
        report(session, NodeState.RUNNING, pid, "Started " + node() + " as process " + pid + ".");
        return ExitCode.OK;
    }
}
