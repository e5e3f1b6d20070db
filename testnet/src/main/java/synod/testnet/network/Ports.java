package synod.testnet.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;

/** TCP ports of the loopback interface. */
final class Ports {
    /** Node n listens for peers on this port plus n, if it is free. */
    static final int FIRST_P2P = 26_000;

    /** Node n answers JSON-RPC on this port plus n, if it is free. */
    static final int FIRST_RPC = 26_100;

    /** Where miners connect, by custom. */
    static final int FIRST_STRATUM = 3_333;

    private static final int LAST = 65_535;

    private Ports() {}

    /** Whether nobody listens there. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The first free port from {@code wanted} upwards.
     *
     * @param taken ports that are free but promised to others
     */
    static int freeFrom(int wanted, Set<Integer> taken) {
        for (int port = wanted; port <= LAST; port++) {
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw TestnetException.failure("No port from " + wanted + " to " + LAST + " is free on this machine.");
    }
}
