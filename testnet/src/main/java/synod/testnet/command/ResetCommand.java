package synod.testnet.command;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.testnet.network.ExitCode;
import synod.testnet.network.Json;
import synod.testnet.network.TestnetDirectory;
import synod.testnet.network.TestnetException;

/** Deletes the network. */
@Command(name = "reset", description = "Kill all nodes and delete the network: its keys, its chain, its logs.")
final class ResetCommand extends TestnetSubcommand {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where there is no terminal to ask at.")
    private boolean yes;

    ResetCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        TestnetDirectory directory = session.directory();
        if (!directory.holdsAnything()) {
            session.result(Json.object().put("deleted", false), "There is no testnet in " + directory + ".");
            return ExitCode.OK;
        }
        if (!yes && !confirmed(session)) {
            session.note("Nothing was deleted.");
            return ExitCode.FAILURE;
        }
        session.testnet().reset();
        session.result(Json.object().put("deleted", true), "Deleted the testnet in " + directory + ".");
        return ExitCode.OK;
    }

    private static boolean confirmed(Session session) {
        return session.environment()
                .terminal()
                .orElseThrow(() -> TestnetException.usage("reset deletes the testnet in " + session.directory()
                        + " and there is no terminal to ask at: add --yes if that is meant."))
                .apply("Delete the testnet in " + session.directory() + " with all its data? [y/N] ")
                .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
                .filter(answer -> answer.equals("y") || answer.equals("yes"))
                .isPresent();
    }
}
