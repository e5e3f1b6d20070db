package synod.node.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import synod.consensus.pos.WeakCheckpoint;
import synod.p2p.PeerAddress;

/**
 * What a node's owner decides. Paths are absolute, or relative to the config file.
 *
 * @param name for people: in logs and status
 * @param genesis the genesis file of the network
 * @param dataDirectory where the node keeps the chain
 * @param keyFile where the node's key is
 * @param byzantine the strategy by which the node lies, on a development network and under PBFT
 * @param checkpoint a block that must be on the branch that the node follows, under proof of stake
 */
public record NodeConfig(
        String name,
        Path genesis,
        Path dataDirectory,
        Path keyFile,
        Peering peering,
        Rpc rpc,
        Optional<Mining> mining,
        Optional<String> byzantine,
        Optional<WeakCheckpoint> checkpoint) {
    private static final String LOOPBACK = "127.0.0.1:";

    /**
     * How the node meets its peers.
     *
     * @param advertisedHost the IP address by which others reach this node, if it is not the one they see
     * @param staticPeers always dialled
     * @param allowLocalAddresses whether loopback and private addresses may be learnt and dialled
     */
    public record Peering(
            InetSocketAddress listen,
            Optional<String> advertisedHost,
            List<PeerAddress> staticPeers,
            int targetOutbound,
            int maxInbound,
            boolean allowLocalAddresses) {}

    /**
     * How programs reach the node.
     *
     * @param hostNames further names under which clients may address it
     */
    public record Rpc(InetSocketAddress listen, Set<String> hostNames) {}

    /**
     * How the node mines, under proof of work.
     *
     * @param payout the address, as text of the network, that receives the rewards, or {@link #TO_THE_NODE}
     * @param threads of this process; 0: only other machines' miners search
     * @param maxHashesPerSecond a cap over all threads; empty: as fast as it goes
     * @param stratum where miners of other machines or programs may connect, if they may
     */
    public record Mining(
            String payout, int threads, Optional<Long> maxHashesPerSecond, Optional<InetSocketAddress> stratum) {
        /** Instead of an address: rewards go to the node's own key, and it divides them among its miners. */
        public static final String TO_THE_NODE = "node";
    }

    /**
     * The same, but with a Stratum server.
     *
     * @param listen a port of this machine alone, or {@code host:port}
     * @throws ConfigException if there is nobody to pay to, or the text is no address
     */
    public NodeConfig withStratum(String listen) throws ConfigException {
        Mining own = mining.orElseThrow(() -> new ConfigException(
                "The config has no 'mining' with a 'payout', so miners would have nobody to mine for."));
        InetSocketAddress address = parseListen(listen.indexOf(':') < 0 ? LOOPBACK + listen : listen);
        return new NodeConfig(
                name,
                genesis,
                dataDirectory,
                keyFile,
                peering,
                rpc,
                Optional.of(new Mining(own.payout(), own.threads(), own.maxHashesPerSecond(), Optional.of(address))),
                byzantine,
                checkpoint);
    }

    /**
     * The same, but with this checkpoint.
     *
     * @throws ConfigException if the text is none
     */
    public NodeConfig withCheckpoint(String text) throws ConfigException {
        try {
            return new NodeConfig(
                    name,
                    genesis,
                    dataDirectory,
                    keyFile,
                    peering,
                    rpc,
                    mining,
                    byzantine,
                    Optional.of(WeakCheckpoint.parse(text)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--checkpoint: " + e.getMessage() + ".");
        }
    }

    /** Reads {@code host:port}. */
    static InetSocketAddress parseListen(String text) throws ConfigException {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 0 && port <= 65_535) {
                return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)), port);
            }
        } catch (NumberFormatException e) {
            // said below
        } catch (UnknownHostException e) {
            throw new ConfigException("there is no host '" + text.substring(0, colon) + "' to listen on");
        }
        throw new ConfigException("'" + text + "' is not an address to listen on, such as 127.0.0.1:26001");
    }
}
