package synod.p2p;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import synod.crypto.SigningKey;
import synod.p2p.tls.NodeCertificate;

/** A peer that speaks the protocol by hand, over the JDK's sockets, and so can break every rule of it. */
final class RawPeer implements AutoCloseable {
    private final SSLSocket socket;
    final DataInputStream in;
    final DataOutputStream out;

    RawPeer(int port, SigningKey key, String protocol) throws IOException, GeneralSecurityException {
        NodeCertificate certificate = NodeCertificate.of(key);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("node", certificate.privateKey(), new char[0], new Certificate[] {certificate.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
        socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(15_000);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** A peer that has exchanged hellos. */
    static RawPeer greeted(int port, SigningKey key) throws IOException, GeneralSecurityException {
        RawPeer peer = new RawPeer(port, key, "TLSv1.3");
        peer.write(ControlKind.HELLO.frame(TestNode.hello(TestNode.CHAIN, 99).encode()));
        Frame answer = peer.read();
        if (!ControlKind.HELLO.is(answer)) {
            throw new IOException(new String(answer.payload(), java.nio.charset.StandardCharsets.US_ASCII));
        }
        return peer;
    }

    void write(Frame frame) throws IOException {
        header(frame.payload().length, frame.kind());
        out.write(frame.payload());
        out.flush();
    }

    void header(int length, int kind) throws IOException {
        out.writeInt(length);
        out.writeByte(kind);
        out.flush();
    }

    Frame read() throws IOException {
        int length = in.readInt();
        int kind = in.readUnsignedByte();
        return new Frame(kind, in.readNBytes(length));
    }

    /** Reads on to the peer's goodbye. */
    Goodbye readGoodbye() throws IOException {
        while (true) {
            Frame frame = read();
            if (ControlKind.GOODBYE.is(frame)) {
                return Goodbye.decode(frame.payload());
            }
        }
    }

    /** Reads on to the end of the connection. */
    void awaitEnd() {
        try {
            while (in.read() >= 0) {
                // What comes before the end does not matter here.
            }
        } catch (IOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw new AssertionError("the connection was not closed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
