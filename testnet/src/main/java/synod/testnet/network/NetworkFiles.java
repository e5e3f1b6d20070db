package synod.testnet.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.SigningKey;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.genesis.GenesisFile;
import synod.genesis.InvalidGenesisException;
import synod.genesis.NodeKeys;
import synod.node.config.ConfigException;
import synod.node.config.NodeKey;
import synod.p2p.NodeId;

/** Makes a network's files, reads them, and keeps them in line with each other. */
final class NetworkFiles {
    private final TestnetDirectory directory;

    NetworkFiles(TestnetDirectory directory) {
        this.directory = directory;
    }

    /** The names n1 to nCOUNT. */
    static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "n" + number).toList();
    }

    /**
     * Makes a network. Its genesis file is written last, so that one whose making was interrupted is none.
     *
     * @param mine whether the nodes mine
     * @param genesis makes the genesis for the nodes' keys
     */
    void create(List<String> names, boolean mine, Function<List<NodeKeys>, Genesis> genesis) {
        if (directory.holdsAnything()) {
            throw TestnetException.failure("The testnet in " + directory
                    + " is not whole: genesis.json is missing. ./synod testnet reset clears it away.");
        }
        Genesis made = genesis.apply(names.stream()
                .map(name -> NodeKeys.of(key(directory.node(name))))
                .toList());
        names.forEach(name -> addNode(name, mine, made));
        AtomicFile.write(directory.genesis(), GenesisFile.write(made));
    }

    /**
     * Makes the files of one more node.
     *
     * @param mines whether it mines, where there is mining
     */
    void addNode(String name, boolean mines, Genesis genesis) {
        NodeDirectory node = directory.node(name);
        String payout = payout(node).format(genesis.addressPrefix());
        int number = directory.nodeDirectories().size() + 1;
        NodeSettings settings = NodeSettings.create(
                node,
                Ports.FIRST_P2P + number,
                Ports.FIRST_RPC + number,
                mines && genesis.engine() instanceof EngineParameters.Pow ? Optional.of(payout) : Optional.empty());
        if (genesis.engine() instanceof EngineParameters.Pos) {
            settings.trustChainsFrom(genesis.block0().id());
        }
        settings.save();
    }

    /** A node's rewards go to the address of its own key. */
    private static Address payout(NodeDirectory node) {
        return Address.of(key(node).publicKey());
    }

    private static SigningKey key(NodeDirectory node) {
        try {
            return NodeKey.loadOrCreate(node.key());
        } catch (ConfigException e) {
            throw TestnetException.failure(String.valueOf(e.getMessage()), e);
        }
    }

    /** The genesis. */
    Genesis genesis() {
        Path file = directory.genesis();
        try {
            return GenesisFile.load(file);
        } catch (InvalidGenesisException e) {
            throw TestnetException.failure(
                    file + " is not a genesis file: " + e.getMessage()
                            + ". Restore it, or begin anew with ./synod testnet reset.",
                    e);
        } catch (IOException e) {
            throw TestnetDirectory.unusable(file, e);
        }
    }

    /**
     * Gives nodes that do not run ports that are free now, and tells each of them where the others are. Nodes that run
     * learn of it from those that come to them.
     *
     * @param starting the nodes that are about to be started
     * @param notice hears of each port that had to be shifted
     */
    void arrange(List<NodeDirectory> starting, Consumer<String> notice) {
        List<NodeDirectory> all = directory.nodeDirectories();
        Set<Integer> taken = new HashSet<>();
        for (NodeDirectory node : all) {
            NodeSettings settings = NodeSettings.load(node);
            taken.add(settings.p2pPort());
            taken.add(settings.rpcPort());
        }
        for (NodeDirectory node : starting) {
            NodeSettings settings = NodeSettings.load(node);
            int p2p = shift(settings.p2pPort(), taken, node.name() + " listens for peers on ", notice);
            int rpc = shift(settings.rpcPort(), taken, node.name() + " answers JSON-RPC on ", notice);
            settings.listen(p2p, rpc);
            settings.save();
        }
        for (NodeDirectory node : starting) {
            NodeSettings settings = NodeSettings.load(node);
            settings.peers(all.stream()
                    .filter(other -> !other.name().equals(node.name()))
                    .map(NetworkFiles::peerAddress)
                    .toList());
            settings.save();
        }
    }

    private static int shift(int port, Set<Integer> taken, String what, Consumer<String> notice) {
        if (Ports.isFree(port)) {
            return port;
        }
        int free = Ports.freeFrom(port + 1, taken);
        taken.add(free);
        notice.accept("Port " + port + " is busy: " + what + free + ".");
        return free;
    }

    private static String peerAddress(NodeDirectory node) {
        return NodeId.of(key(node).publicKey()) + "@127.0.0.1:"
                + NodeSettings.load(node).p2pPort();
    }

    /**
     * What stands in the files now.
     *
     * @param pids what is known of the nodes' processes
     */
    TestnetDescription describe(Function<NodeDirectory, Optional<Long>> pids) {
        Genesis genesis = genesis();
        List<TestnetDescription.Node> nodes = new ArrayList<>();
        for (NodeDirectory node : directory.nodeDirectories()) {
            NodeSettings settings = NodeSettings.load(node);
            nodes.add(new TestnetDescription.Node(
                    node.name(),
                    "http://127.0.0.1:" + settings.rpcPort(),
                    "127.0.0.1:" + settings.p2pPort(),
                    pids.apply(node)));
        }
        return new TestnetDescription(
                genesis.engine().engine(),
                genesis.block0().id().toString(),
                nodes,
                DevelopmentKeys.names().stream()
                        .filter(name -> genesis.balances().containsKey(DevelopmentKeys.address(name)))
                        .map(name -> new TestnetDescription.Account(
                                name, DevelopmentKeys.address(name).format(genesis.addressPrefix())))
                        .toList());
    }
}
