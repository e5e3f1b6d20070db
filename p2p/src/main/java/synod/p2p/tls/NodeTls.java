package synod.p2p.tls;

import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
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

    private final SSLContext context;
    private final long handshakeMillis;

    /** The handlers of one node key; an unfinished handshake ends after {@code handshakeMillis}. */
    public NodeTls(SigningKey key, long handshakeMillis) {
        this.handshakeMillis = handshakeMillis;
        // not by Netty's SslContext, which first reads the platform's authorities and tries out an RSA key store: most
        // of
        // a node's start
        try {
            context = SSLContext.getInstance(PROTOCOL);
            context.init(
                    new KeyManager[] {new NodeKeyManager(NodeCertificate.of(key))},
                    new TrustManager[] {new NodeTrust()},
                    null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform offers no TLS 1.3 with Ed25519", e);
        }
    }

    /** A handler for a connection that somebody opened to us. */
    public SslHandler accepting() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = restricted(engine);
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        return withDeadlines(new SslHandler(engine));
    }

    /**
     * A handler for a connection that we open. It names no peer, so no session is ever resumed and the peer shows its
     * key each time.
     */
    public SslHandler dialling() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setSSLParameters(restricted(engine));
        return withDeadlines(new SslHandler(engine));
    }

    private static SSLParameters restricted(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setCipherSuites(CIPHERS.toArray(new String[0]));
        return parameters;
    }

    private SslHandler withDeadlines(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        handler.setCloseNotifyReadTimeoutMillis(0);
        return handler;
    }
}
