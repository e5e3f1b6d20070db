package synod.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import synod.crypto.SigningKey;
import synod.genesis.Genesis;
import synod.genesis.GenesisFile;
import synod.genesis.NodeKeys;
import synod.genesis.Preset;
import synod.node.config.ConfigException;
import synod.node.config.NodeConfigFile;
import synod.node.config.NodeKey;
import synod.node.replica.ChainGenesis;
import synod.node.runtime.Node;
import synod.p2p.NodeId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code synod node init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Makes a directory with a config file, a new node key and a copy of the genesis file.")
final class InitCommand implements Callable<Integer> {
    /** Where the genesis comes from. */
    static final class Origin {
        @Option(names = "--genesis", paramLabel = "FILE", description = "The genesis file of the network to join.")
        private @Nullable Path file;

        @Option(
                names = "--engine",
                paramLabel = "ENGINE",
                description =
                        "Instead: a new development network under this engine, pow, pbft or pos, with this node as its"
                                + " operator or only member.")
        private @Nullable String engine;
    }

    @ArgGroup(multiplicity = "1")
    private Origin origin = new Origin();

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "The directory to make.")
    private Path directory = Path.of(".");

    @Option(names = "--name", defaultValue = "node", description = "The node's name (default: ${DEFAULT-VALUE}).")
    private String name = "node";

    @Option(
            names = "--payout",
            paramLabel = "ADDRESS",
            description = "Mine, and have the rewards paid to this address.")
    private @Nullable String payout;

    @Option(
            names = "--peer",
            paramLabel = "[ID@]HOST:PORT",
            description = "A peer that is always dialled; may be given several times.")
    private java.util.List<String> peers = new java.util.ArrayList<>();

    @Option(
            names = "--listen",
            defaultValue = "0.0.0.0:26000",
            paramLabel = "HOST:PORT",
            description = "Where to accept peers (default: ${DEFAULT-VALUE}).")
    private String listen = "0.0.0.0:26000";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path config = directory.resolve("node.json");
        if (Files.exists(config)) {
            throw new ConfigException(config + " exists already. Choose another --dir, or edit that file.");
        }
        if (origin.file != null) {
            // before anything is written
            Node.readGenesis(origin.file);
        } else if (!Preset.engines().contains(origin.engine)) {
            throw new ConfigException("There is no engine '" + origin.engine + "'; there are "
                    + String.join(", ", Preset.engines()) + ".");
        }
        Files.createDirectories(directory);
        SigningKey key = NodeKey.loadOrCreate(directory.resolve("node.key"));
        Path genesis = directory.resolve("genesis.json");
        if (origin.file != null) {
            Files.copy(origin.file, genesis, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Genesis made = Preset.DEV.genesis(
                    Objects.requireNonNull(origin.engine), System.currentTimeMillis(), List.of(NodeKeys.of(key)));
            Files.writeString(genesis, GenesisFile.write(made));
        }
        ChainGenesis chain = new ChainGenesis(Node.readGenesis(genesis));
        Files.write(config, json().getBytes(StandardCharsets.UTF_8));
        // what was written must be what the node reads
        NodeConfigFile.read(config);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("network  " + chain.genesis().name() + " (chain "
                + chain.block0().id() + ")");
        out.println("key      " + key.publicKey());
        out.println("node id  " + NodeId.of(key.publicKey()));
        out.println("config   " + config);
        out.println("Run it with: synod node run --config " + config);
        return 0;
    }

    private String json() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                .build();
        ObjectNode root = mapper.createObjectNode();
        root.put("name", name)
                .put("genesis", "genesis.json")
                .put("dataDir", "data")
                .put("key", "node.key");
        ObjectNode p2p = root.putObject("p2p").put("listen", listen);
        var list = p2p.putArray("peers");
        peers.forEach(list::add);
        root.putObject("rpc").put("listen", "127.0.0.1:26100");
        if (payout != null) {
            root.putObject("mining").put("payout", payout);
        }
        return mapper.writeValueAsString(root) + "\n";
    }
}
