package synod.wallet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command's way to the node, the wallet files and the screen. The node is looked for when it is first needed. */
final class Session {
    private final Environment environment;
    private final List<String> rpc;
    private final Optional<Path> testnet;
    private final WalletDirectory wallets;
    private final Output output;
    private @Nullable NodeClient node;

    Session(Environment environment, List<String> rpc, Optional<Path> testnet, Optional<Path> wallets, boolean json) {
        this.environment = environment;
        this.rpc = rpc;
        this.testnet = testnet;
        this.wallets = new WalletDirectory(
                wallets.orElseGet(() -> environment.dataDirectory().resolve("wallet")));
        this.output = new Output(environment, json);
    }

    Environment environment() {
        return environment;
    }

    WalletDirectory wallets() {
        return wallets;
    }

    Output output() {
        return output;
    }

    /**
     * The nodes.
     *
     * @throws WalletException if there is no network to be found
     */
    NodeClient node() {
        if (node == null) {
            node = new NodeClient(new RpcClient(Nodes.find(environment, rpc, testnet)));
        }
        return node;
    }

    /** The names and addresses of the network. */
    Accounts accounts() {
        return new Accounts(wallets, node().network());
    }

    /** The keys of nodes, by their names where the local network has them. */
    MemberKeys memberKeys() {
        return new MemberKeys(Nodes.testnetDirectory(environment, testnet));
    }

    /** The network, for a command that can do without; empty if no node answers. */
    Optional<Network> networkIfReachable() {
        try {
            return Optional.of(node().network());
        } catch (UnreachableException e) {
            return Optional.empty();
        } catch (WalletException e) {
            if (e.exitCode() == ExitCode.UNREACHABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
