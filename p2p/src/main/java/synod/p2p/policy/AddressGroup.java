package synod.p2p.policy;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * A range of IP addresses that one party is likely to hold whole, written as a CIDR prefix.
 *
 * <p>Connections are limited per narrow group (/24, /48). The peer table is keyed by wide groups (/16, /32), as in
 * Heilman, Kendler, Zohar and Goldberg, "Eclipse Attacks on Bitcoin's Peer-to-Peer Network" (2015), section 2.2.
 *
 * @param cidr the prefix in text, or {@code loopback}
 */
public record AddressGroup(String cidr) implements Comparable<AddressGroup> {
    /** All loopback addresses: every process of this machine shares them, so nobody is limited or banned by them. */
    public static final AddressGroup LOOPBACK = new AddressGroup("loopback");

    /** The /24 of an IPv4 address, the /48 of an IPv6 address. */
    public static AddressGroup narrow(InetAddress address) {
        return of(address, 24, 48);
    }

    /** The /16 of an IPv4 address, the /32 of an IPv6 address. */
    public static AddressGroup wide(InetAddress address) {
        return of(address, 16, 32);
    }

    private static AddressGroup of(InetAddress address, int v4Bits, int v6Bits) {
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        int bits = address instanceof Inet4Address ? v4Bits : v6Bits;
        byte[] prefix = address.getAddress();
        for (int i = bits / 8; i < prefix.length; i++) {
            prefix[i] = 0;
        }
        try {
            return new AddressGroup(InetAddress.getByAddress(prefix).getHostAddress() + "/" + bits);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address of " + prefix.length + " bytes", e);
        }
    }

    /**
     * Whether an address can be a peer's: never the wildcard, multicast or broadcast, nor IPv6 link-local (it needs an
     * interface's name beside it); loopback, IPv4 link-local and private
     * ranges (RFC 1918, RFC 4193, RFC 6598) only where local addresses are allowed.
     */
    public static boolean isUsable(InetAddress address, boolean allowLocal) {
        byte[] bytes = address.getAddress();
        boolean never = address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || (bytes.length == 16 && address.isLinkLocalAddress())
                || (bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0));
        return !never && (allowLocal || !isLocal(address));
    }

    /** Whether the address means something else on another network: loopback, link-local and private ranges. */
    public static boolean isLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean sharedSpace = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || sharedSpace
                || uniqueLocal;
    }

    @Override
    public int compareTo(AddressGroup other) {
        return cidr.compareTo(other.cidr);
    }

    @Override
    public String toString() {
        return cidr;
    }
}
