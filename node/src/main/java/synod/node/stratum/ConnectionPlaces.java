package synod.node.stratum;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import synod.chain.codec.ByteString;

/**
 * Places for connections: so many in all, and so many for one host. A host is an IPv4 address or an IPv6 network of 64 bits,
 * which is the least that anybody is given. For one thread.
 */
final class ConnectionPlaces {
    private static final int HOST_BYTES = 8;

    private final int max;
    private final int maxPerHost;
    private final Map<ByteString, Integer> taken = new HashMap<>();
    private int total;

    ConnectionPlaces(int max, int maxPerHost) {
        this.max = max;
        this.maxPerHost = maxPerHost;
    }

    /** Takes a place; false if there is none for this address. */
    boolean take(InetAddress remote) {
        ByteString host = host(remote);
        int held = taken.getOrDefault(host, 0);
        if (total >= max || held >= maxPerHost) {
            return false;
        }
        total++;
        taken.put(host, held + 1);
        return true;
    }

    /** Gives back a place that was taken. */
    void giveBack(InetAddress remote) {
        total--;
        taken.computeIfPresent(host(remote), (host, held) -> held == 1 ? null : held - 1);
    }

    private static ByteString host(InetAddress remote) {
        byte[] address = remote.getAddress();
        return ByteString.of(remote instanceof Inet6Address ? Arrays.copyOf(address, HOST_BYTES) : address);
    }
}
