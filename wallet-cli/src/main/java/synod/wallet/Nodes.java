package synod.wallet;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes to ask, best first, and where their addresses come from.
 *
 * @param uris where they listen for JSON-RPC; at least one
 * @param origin how the user named them, for sentences: "--rpc", or the testnet's directory
 * @param advice what to do if none of them answers
 */
record Nodes(List<URI> uris, String origin, String advice) {
    /** The environment variable that names nodes. */
    static final String RPC_VARIABLE = "SYNOD_RPC";

    /** The environment variable that names the testnet's directory. */
    static final String TESTNET_VARIABLE = "SYNOD_TESTNET";

    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final String START_ADVICE =
            "Start a network with ./synod testnet up, or name a node with --rpc http://HOST:PORT.";

    /**
     * Finds the nodes: those named in the command, else in {@code SYNOD_RPC}, else those of the testnet in the directory
     * named in the command, in {@code SYNOD_TESTNET}, or the usual one.
     *
     * @throws WalletException if a URL is none, or there is no testnet
     */
    static Nodes find(Environment environment, List<String> rpc, Optional<Path> testnet) {
        if (!rpc.isEmpty()) {
            return ofUrls(rpc, "--rpc");
        }
        // A directory named in the command is meant more than a variable set long ago.
        Optional<String> variable = environment.variable(RPC_VARIABLE);
        if (variable.isPresent() && testnet.isEmpty()) {
            return ofUrls(List.of(variable.get().split(",")), RPC_VARIABLE);
        }
        return ofTestnet(testnetDirectory(environment, testnet));
    }

    /** The directory of the testnet: the one named in the command, in {@code SYNOD_TESTNET}, or the usual one. */
    static Path testnetDirectory(Environment environment, Optional<Path> testnet) {
        return testnet.or(() -> environment.variable(TESTNET_VARIABLE).map(Path::of))
                .orElseGet(() -> environment.dataDirectory().resolve("testnet"));
    }

    private static Nodes ofUrls(List<String> urls, String origin) {
        return new Nodes(
                urls.stream().map(url -> uri(url, origin)).toList(),
                origin,
                "Check the address, and that the node runs with its RPC port open to you.");
    }

    private static URI uri(String url, String origin) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme();
            if (("http".equals(scheme) || "https".equals(scheme)) && uri.getHost() != null) {
                return uri.getRawPath().isEmpty() ? uri.resolve("/") : uri;
            }
        } catch (URISyntaxException e) {
            throw new WalletException(ExitCode.USAGE, notAUrl(url, origin), e);
        }
        throw WalletException.usage(notAUrl(url, origin));
    }

    private static String notAUrl(String url, String origin) {
        return "'" + url + "' in " + origin + " is not a node's URL such as http://127.0.0.1:8545";
    }

    private static Nodes ofTestnet(Path directory) {
        Path file = directory.resolve("testnet.json");
        List<URI> uris = new ArrayList<>();
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw WalletException.failure(file + " is too large to be a testnet's description");
            }
            for (JsonObject node : Json.parseObject(Files.readString(file)).objects("nodes")) {
                uris.add(uri(node.text("rpc"), file.toString()));
            }
        } catch (NoSuchFileException e) {
            throw new WalletException(ExitCode.UNREACHABLE, "No testnet runs in " + directory + ". " + START_ADVICE, e);
        } catch (IOException e) {
            throw new WalletException(ExitCode.FAILURE, "Cannot read " + file + ": " + e.getMessage(), e);
        } catch (JsonShapeException e) {
            throw new WalletException(
                    ExitCode.FAILURE,
                    file + " does not describe a testnet: " + e.getMessage() + ". ./synod testnet up writes it anew.",
                    e);
        }
        if (uris.isEmpty()) {
            throw new WalletException(
                    ExitCode.UNREACHABLE, "The testnet in " + directory + " has no nodes. " + START_ADVICE);
        }
        return new Nodes(List.copyOf(uris), "the testnet in " + directory, START_ADVICE);
    }
}
