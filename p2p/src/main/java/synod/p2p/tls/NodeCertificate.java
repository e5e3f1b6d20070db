package synod.p2p.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/**
 * A node key in the form that TLS wants: a self-signed X.509 certificate (RFC 5280, RFC 8410) and its private key.
 *
 * <p>Only the key in it means anything: there is no authority and no name to check. It has no end of validity
 * (RFC 5280 section 4.1.2.5), for a node's identity must not depend on anybody's clock.
 *
 * @param certificate the self-signed certificate
 * @param privateKey the same key for the JDK's TLS
 */
public record NodeCertificate(X509Certificate certificate, PrivateKey privateKey) {
    private static final AlgorithmIdentifier ED25519 = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    private static final Date NOT_BEFORE = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    /** Makes the certificate of a node key; the same key always gives the same bytes. */
    public static NodeCertificate of(SigningKey key) {
        try {
            X500Name name = new X500Name("CN=" + Sha256.hash(key.publicKey().bytes()));
            SubjectPublicKeyInfo subjectKey =
                    new SubjectPublicKeyInfo(ED25519, key.publicKey().bytes());
            byte[] encoded = new X509v3CertificateBuilder(name, BigInteger.ONE, NOT_BEFORE, NOT_AFTER, name, subjectKey)
                    .build(new KeySigner(key))
                    .getEncoded();
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            byte[] pkcs8 = new PrivateKeyInfo(ED25519, new DEROctetString(key.seed())).getEncoded();
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new NodeCertificate(certificate, privateKey);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot make an Ed25519 certificate", e);
        }
    }

    /**
     * The node key in a peer's certificate.
     *
     * @throws CertificateException if the certificate's key is no Ed25519 key, or no point of prime order: the JDK's
     *     TLS would accept others
     */
    public static PublicKey keyOf(X509Certificate certificate) throws CertificateException {
        SubjectPublicKeyInfo info;
        try {
            info = SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the certificate's key cannot be read", e);
        }
        if (!info.getAlgorithm().getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
            throw new CertificateException("a node certificate holds an Ed25519 key, not "
                    + info.getAlgorithm().getAlgorithm());
        }
        try {
            return PublicKey.of(info.getPublicKeyData().getOctets()).requirePrimeOrder();
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the certificate's key is refused: " + e.getMessage(), e);
        }
    }

    /** Keeps the private key out of logs. */
    @Override
    public String toString() {
        return "NodeCertificate of " + certificate.getSubjectX500Principal();
    }

    private static final class KeySigner implements ContentSigner {
        private final SigningKey key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        private KeySigner(SigningKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return ED25519;
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(content.toByteArray()).bytes();
        }
    }
}
