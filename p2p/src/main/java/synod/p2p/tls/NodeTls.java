package synod.p2p.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import javax.net.ssl.SSLException;
import synod.crypto.SigningKey;

/**
 * Makes the TLS handlers of a node: TLS 1.3 only, both sides show a node certificate, and nothing but its key counts.
 * Whether it is the key of the node that was meant is for the connection to say, after the handshake.
 *
 * <p>The JDK's TLS checks that the peer signed the handshake with the certificate's key. Its Ed25519 accepts keys of
 * small order, for which anybody can make signatures; {@link NodeTrust} refuses those.
 */
public final class NodeTls {
    private static final List<String> CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final String PROTOCOL = "TLSv1.3";
    /** How long a closing connection waits to put its close_notify on the wire. */
    private static final long CLOSE_NOTIFY_MILLIS = 500;

    private final SslContext server;
    private final SslContext client;
    private final long handshakeMillis;

    /** The handlers of one node key; an unfinished handshake ends after {@code handshakeMillis}. */
    public NodeTls(SigningKey key, long handshakeMillis) {
        NodeKeyManager keys = new NodeKeyManager(NodeCertificate.of(key));
        this.handshakeMillis = handshakeMillis;
        try {
            server = SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.JDK)
                    .trustManager(new NodeTrust())
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols(PROTOCOL)
                    .ciphers(CIPHERS)
                    .build();
            client = SslContextBuilder.forClient()
                    .keyManager(keys)
                    .sslProvider(SslProvider.JDK)
                    .trustManager(new NodeTrust())
                    .endpointIdentificationAlgorithm(null)
                    .protocols(PROTOCOL)
                    .ciphers(CIPHERS)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java platform offers no TLS 1.3 with Ed25519", e);
        }
    }

    /** A handler for a connection that somebody opened to us. */
    public SslHandler accepting(ByteBufAllocator allocator) {
        return withDeadlines(server.newHandler(allocator));
    }

    /**
     * A handler for a connection that we open. It names no peer, so no session is ever resumed and the peer shows its
     * key each time.
     */
    public SslHandler dialling(ByteBufAllocator allocator) {
        return withDeadlines(client.newHandler(allocator));
    }

    private SslHandler withDeadlines(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        handler.setCloseNotifyReadTimeoutMillis(0);
        return handler;
    }
}
