package synod.p2p;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a peer listens, and optionally which node must be found there. In text: {@code [nodeid@]host:port}, an IPv6
 * address in square brackets.
 *
 * @param host a name or an IP address, without brackets, at most 253 characters
 * @param port 1 to 65535
 * @param pinned the only node that is accepted there, if given
 */
public record PeerAddress(String host, int port, Optional<NodeId> pinned) {
    private static final Pattern TEXT =
            Pattern.compile("(?:([0-9a-fA-F]{64})@)?(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
    private static final int LONGEST_NAME = 253;

    /** Checks the bounds. */
    public PeerAddress {
        if (host.isEmpty() || host.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a host name has 1 to 253 characters, not " + host.length());
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies in 1..65535, not " + port);
        }
    }

    /** An address where any node is accepted. */
    public static PeerAddress of(String host, int port) {
        return new PeerAddress(host, port, Optional.empty());
    }

    /** The address of a socket; it must be resolved and have a port. */
    static PeerAddress of(InetAddress address, int port) {
        return of(address.getHostAddress(), port);
    }

    /**
     * Reads {@code [nodeid@]host:port}.
     *
     * @throws IllegalArgumentException with a sentence if the text is anything else
     */
    public static PeerAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no peer address; write host:port, [ipv6]:port or nodeid@host:port");
        }
        String host = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        Optional<NodeId> pinned = Optional.ofNullable(matcher.group(1)).map(NodeId::parse);
        return new PeerAddress(host, Integer.parseInt(matcher.group(4)), pinned);
    }

    /** The same place without the pin: what the peer table and the dialler key by. */
    public PeerAddress endpoint() {
        return pinned.isEmpty() ? this : of(host, port);
    }

    /** The address, if the host is one and not a name. Never asks a resolver. */
    Optional<InetAddress> literal() {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Resolves the host; blocks. */
    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        String place = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        return pinned.map(id -> id + "@" + place).orElse(place);
    }
}
