package synod.p2p;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.crypto.SigningKey;

/**
 * How a node takes part in the network. Made with {@link #builder}.
 *
 * @param key the node key, from which the node id and the certificate come
 * @param hello what the node tells; a listening port of 0 in it stands for the port that is bound
 * @param limits sizes of the node's frames
 * @param bindHost where to listen
 * @param bindPort where to listen, 0 for any free port
 * @param advertisedHost the IP address under which others reach this node, told to peers who ask
 * @param staticPeers always dialled
 * @param targetOutbound how many connections to dial, static peers included
 * @param maxInbound how many connections to accept; static peers with a pinned id come in beyond it
 * @param maxPerGroup how many connections to accept from one /24 (IPv4) or /48 (IPv6), loopback excepted
 * @param allowLocalAddresses whether loopback, link-local and private addresses may be learnt and dialled
 * @param peerFile where the peer table and the bans are kept; without it they live in memory only
 * @param budgets bounds on traffic
 * @param timeouts bounds on time
 * @param ioThreads threads that serve sockets
 */
public record PeerNetworkConfig(
        SigningKey key,
        Hello hello,
        FrameLimits limits,
        String bindHost,
        int bindPort,
        Optional<String> advertisedHost,
        List<PeerAddress> staticPeers,
        int targetOutbound,
        int maxInbound,
        int maxPerGroup,
        boolean allowLocalAddresses,
        Optional<Path> peerFile,
        Budgets budgets,
        Timeouts timeouts,
        int ioThreads) {

    /**
     * Bounds on traffic, each for one peer.
     *
     * @param bytesPerSecond received; above it reading pauses
     * @param burstBytes received at once
     * @param framesPerSecond received; above it reading pauses
     * @param burstFrames received at once
     * @param inboxFrames received and not yet taken by the listener; at it reading pauses
     * @param inboxBytes the same in bytes; one frame may exceed it
     * @param outboundBytes accepted by {@link PeerNetwork#send} and not yet written; above it the peer is too slow.
     *     Each frame counts {@value FrameSender#FRAME_OVERHEAD_BYTES} bytes more than it has
     */
    public record Budgets(
            long bytesPerSecond,
            long burstBytes,
            long framesPerSecond,
            long burstFrames,
            int inboxFrames,
            long inboxBytes,
            long outboundBytes) {
        /** 32 MiB/s, 5,000 frames/s; 1 MiB of inbox, 8 MiB of outbound queue. */
        public static final Budgets DEFAULT = new Budgets(32L << 20, 64L << 20, 5_000, 20_000, 256, 1L << 20, 8L << 20);
    }

    /**
     * Bounds on time, in milliseconds unless said.
     *
     * @param handshakeMillis from the connection to both hellos
     * @param frameMillis from a frame's first byte to its last, and more for large ones:
     * @param frameBytesPerSecond the slowest that a large frame may come
     * @param pingMillis between pings
     * @param idleMillis without a byte from a peer, or without one going out to it that has bytes waiting
     * @param redialFirstMillis the first wait before dialling again
     * @param redialCapMillis the longest
     * @param stableMillis a connection that lasted so long makes the next redial quick again
     * @param maintainMillis between looks at what there is to dial
     * @param discoveryMillis between questions for more peers, while there are too few; at least 1,000, for peers answer
     *     no faster
     * @param feelerMillis between probes of addresses that were never tried
     * @param saveMillis between writes of the peer file
     * @param floodMillis for how long a peer may hold its frame budget empty
     * @param firstBanMillis the first ban; each further one is twice as long
     */
    public record Timeouts(
            long handshakeMillis,
            long frameMillis,
            long frameBytesPerSecond,
            long pingMillis,
            long idleMillis,
            long redialFirstMillis,
            long redialCapMillis,
            long stableMillis,
            long maintainMillis,
            long discoveryMillis,
            long feelerMillis,
            long saveMillis,
            long floodMillis,
            long firstBanMillis) {
        /** Ten seconds for a handshake, twenty for a frame, a minute of silence, redials from 0.2 to 30 s. */
        public static final Timeouts DEFAULT = new Timeouts(
                10_000, 20_000, 32_768, 15_000, 60_000, 200, 30_000, 5_000, 100, 10_000, 120_000, 60_000, 30_000,
                600_000);

        /** Checks the one bound that peers enforce. */
        public Timeouts {
            if (discoveryMillis < 1_000) {
                throw new IllegalArgumentException(
                        "peers are asked for others once a second at most, not every " + discoveryMillis + " ms");
            }
        }
    }

    /** Checks the bounds that no other type checks. */
    public PeerNetworkConfig {
        staticPeers = List.copyOf(staticPeers);
        if (bindPort < 0 || bindPort > 65_535) {
            throw new IllegalArgumentException("a port to listen on lies in 0..65535, not " + bindPort);
        }
        if (targetOutbound < 0 || maxInbound < 0 || maxPerGroup < 1 || ioThreads < 1) {
            throw new IllegalArgumentException("numbers of connections and threads are not negative");
        }
        advertisedHost.ifPresent(host -> {
            if (PeerAddress.of(host, 1).literal().isEmpty()) {
                throw new IllegalArgumentException("the advertised host is an IP address, not '" + host + "'");
            }
        });
    }

    /** A builder with the defaults: any free port on loopback, eight outbound, 64 inbound, two threads. */
    public static Builder builder(SigningKey key, Hello hello, FrameLimits limits) {
        return new Builder(key, hello, limits);
    }

    /** Collects a configuration. */
    public static final class Builder {
        private final SigningKey key;
        private final Hello hello;
        private final FrameLimits limits;
        private String bindHost = "127.0.0.1";
        private int bindPort;
        private Optional<String> advertisedHost = Optional.empty();
        private final List<PeerAddress> staticPeers = new ArrayList<>();
        private int targetOutbound = 8;
        private int maxInbound = 64;
        private int maxPerGroup = 8;
        private boolean allowLocalAddresses;
        private Optional<Path> peerFile = Optional.empty();
        private Budgets budgets = Budgets.DEFAULT;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private int ioThreads = 2;

        private Builder(SigningKey key, Hello hello, FrameLimits limits) {
            this.key = key;
            this.hello = hello;
            this.limits = limits;
        }

        /** Where to listen; port 0 for any free one. */
        public Builder bind(String host, int port) {
            bindHost = host;
            bindPort = port;
            return this;
        }

        /** See {@link PeerNetworkConfig#advertisedHost}. */
        public Builder advertisedHost(String host) {
            advertisedHost = Optional.of(host);
            return this;
        }

        /** Adds a peer that is always dialled. */
        public Builder staticPeer(PeerAddress peer) {
            staticPeers.add(peer);
            return this;
        }

        /** See {@link PeerNetworkConfig#targetOutbound}. */
        public Builder targetOutbound(int count) {
            targetOutbound = count;
            return this;
        }

        /** See {@link PeerNetworkConfig#maxInbound}. */
        public Builder maxInbound(int count) {
            maxInbound = count;
            return this;
        }

        /** See {@link PeerNetworkConfig#maxPerGroup}. */
        public Builder maxPerGroup(int count) {
            maxPerGroup = count;
            return this;
        }

        /** See {@link PeerNetworkConfig#allowLocalAddresses}. */
        public Builder allowLocalAddresses(boolean allow) {
            allowLocalAddresses = allow;
            return this;
        }

        /** See {@link PeerNetworkConfig#peerFile}. */
        public Builder peerFile(Path file) {
            peerFile = Optional.of(file);
            return this;
        }

        /** See {@link PeerNetworkConfig#budgets}. */
        public Builder budgets(Budgets value) {
            budgets = value;
            return this;
        }

        /** See {@link PeerNetworkConfig#timeouts}. */
        public Builder timeouts(Timeouts value) {
            timeouts = value;
            return this;
        }

        /** See {@link PeerNetworkConfig#ioThreads}. */
        public Builder ioThreads(int count) {
            ioThreads = count;
            return this;
        }

        /** The configuration. */
        public PeerNetworkConfig build() {
            return new PeerNetworkConfig(
                    key,
                    hello,
                    limits,
                    bindHost,
                    bindPort,
                    advertisedHost,
                    staticPeers,
                    targetOutbound,
                    maxInbound,
                    maxPerGroup,
                    allowLocalAddresses,
                    peerFile,
                    budgets,
                    timeouts,
                    ioThreads);
        }
    }
}
