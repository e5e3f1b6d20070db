package synod.testnet.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.testnet.network.ExitCode;
import synod.testnet.network.Json;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDirectory;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.ProofFailure;
import tools.jackson.databind.node.ObjectNode;

/** What proofs and benchmarks have in common: a network of their own, deleted afterwards, but kept if something was wrong. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class OwnNetworkCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory for the network, which must not be there. Default: a temporary one.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print one JSON object for programs.")
    private boolean json;

    OwnNetworkCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public final Integer call() {
        TestnetDirectory used = new TestnetDirectory(place());
        Session session = new Session(environment, used, json);
        Testnet testnet = session.testnet();
        session.note("The network is in " + used + "; it is deleted afterwards.");
        AtomicBoolean unfinished = new AtomicBoolean(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (unfinished.get()) {
                testnet.reset();
            }
        }));
        try {
            ObjectNode result = Json.object();
            String summary = carryOut(testnet, session::note, result);
            testnet.reset();
            session.result(result, summary);
            return ExitCode.OK;
        } catch (ProofFailure e) {
            session.note("It does not hold: " + e.getMessage());
            return left(session);
        } catch (TestnetException e) {
            if (!used.holdsAnything()) {
                throw e;
            }
            session.note("It could not be shown: " + e.getMessage());
            return left(session);
        } finally {
            unfinished.set(false);
        }
    }

    private static int left(Session session) {
        session.note("The network is left as it is: " + session.command("status") + ", and when you are done "
                + session.command("reset"));
        return ExitCode.FAILURE;
    }

    private Path place() {
        try {
            if (directory == null) {
                return Files.createTempDirectory("synod-proof");
            }
            Path place = directory.toAbsolutePath().normalize();
            if (Files.exists(place)) {
                throw TestnetException.usage(place + " is there already; name a directory that is not.");
            }
            return place;
        } catch (IOException e) {
            throw TestnetException.failure("Cannot make a temporary directory: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the network, and shows or measures what is to be shown or measured.
     *
     * @param result takes what programs want to know
     * @return the same for people
     */
    abstract String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result);
}
