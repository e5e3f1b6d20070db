package synod.node.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * How the interface is served.
 *
 * @param bind address and port; port 0 takes a free one
 * @param hostNames names beside {@code localhost} and IP addresses under which clients may address this node. A browser
 *     that was tricked by DNS into sending a stranger's requests here uses the stranger's name, and is refused.
 * @param cookieFile where the admin cookie is written
 */
public record RpcConfig(InetSocketAddress bind, Set<String> hostNames, Path cookieFile, RpcLimits limits) {
    /** Copies the set. */
    public RpcConfig {
        hostNames = Set.copyOf(hostNames);
    }

    /** On loopback, with the usual bounds. */
    public static RpcConfig onLoopback(int port, Path cookieFile) {
        return new RpcConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Set.of(), cookieFile, RpcLimits.DEFAULT);
    }
}
