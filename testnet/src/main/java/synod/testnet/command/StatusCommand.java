package synod.testnet.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.testnet.network.Deadline;
import synod.testnet.network.ExitCode;

/** Shows how the nodes fare. */
@Command(
        name = "status",
        description = "Show the nodes: state, role, height, head, peers, and what each does or waits for.",
        footer = {"", "States: running, starting, unresponsive, paused, stopped (as asked), dead (killed or failed)."})
final class StatusCommand extends TestnetSubcommand {
    private static final long WATCH_MILLIS = 1_000;
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "Show it again every second, until Ctrl-C.")
    private boolean watch;

    StatusCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        show(session);
        while (watch) {
            Deadline.pause(WATCH_MILLIS);
            show(session);
        }
        return ExitCode.OK;
    }

    private void show(Session session) {
        StatusReport report = StatusReport.of(session.testnet());
        boolean redraw = watch && session.environment().terminal().isPresent() && !session.json();
        session.result(report.json(), (redraw ? CLEAR_SCREEN : "") + report.text());
    }
}
