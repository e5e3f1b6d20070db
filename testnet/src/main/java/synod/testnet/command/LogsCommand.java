package synod.testnet.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.testnet.network.Deadline;
import synod.testnet.network.ExitCode;
import synod.testnet.network.Json;
import synod.testnet.network.NodeLog;
import synod.testnet.network.TestnetException;

/** Shows what a node printed. */
@Command(name = "logs", description = "Show what a node printed.")
final class LogsCommand extends NodeCommand {
    private static final long FOLLOW_MILLIS = 200;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "COUNT",
            description = "How many of the last lines. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is printed from now on, until Ctrl-C.")
    private boolean follow;

    LogsCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        if (lines < 0) {
            throw TestnetException.usage("--lines is " + lines + "; it cannot be negative.");
        }
        session.testnet().description().node(node());
        NodeLog log = new NodeLog(session.directory().node(node()));
        log.lastLines(lines).forEach(line -> line(session, line));
        while (follow) {
            Deadline.pause(FOLLOW_MILLIS);
            log.newLines().forEach(line -> line(session, line));
        }
        return ExitCode.OK;
    }

    private void line(Session session, String line) {
        session.result(Json.object().put("name", node()).put("line", line), line);
    }
}
