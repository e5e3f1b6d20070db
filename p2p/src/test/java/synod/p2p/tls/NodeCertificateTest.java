package synod.p2p.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import synod.crypto.SigningKey;

class NodeCertificateTest {
    private static final SigningKey KEY = SigningKey.of(new byte[32]);

    @Test
    void holdsTheNodeKeyAndIsSignedWithIt() throws Exception {
        X509Certificate certificate = NodeCertificate.of(KEY).certificate();

        assertThat(NodeCertificate.keyOf(certificate)).isEqualTo(KEY.publicKey());
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void isTheSameAtEveryStart() {
        assertThat(NodeCertificate.of(KEY).certificate())
                .isEqualTo(NodeCertificate.of(SigningKey.of(new byte[32])).certificate());
    }

    @Test
    void keepsThePrivateKeyOutOfItsText() {
        assertThat(NodeCertificate.of(KEY).toString()).doesNotContain("privateKey");
    }

    @Test
    void refusesAKeyOfSmallOrder() throws Exception {
        byte[] identity = new byte[32];
        identity[0] = 1;
        X509Certificate weak = certificateOver(
                new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), identity));

        assertThatThrownBy(() -> NodeCertificate.keyOf(weak))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("small order");
    }

    /** The public key of cases 3 to 5 of Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs" (2020). */
    @Test
    void refusesAKeyOfMixedOrder() throws Exception {
        byte[] mixed = HexFormat.of().parseHex("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d");
        X509Certificate weak = certificateOver(
                new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), mixed));

        assertThatThrownBy(() -> NodeCertificate.keyOf(weak))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("prime order");
    }

    @Test
    void refusesAnotherKindOfKey() throws Exception {
        KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate other =
                certificateOver(SubjectPublicKeyInfo.getInstance(ec.getPublic().getEncoded()));

        assertThatThrownBy(() -> NodeCertificate.keyOf(other))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("Ed25519");
    }

    @Test
    void trustsExactlyOneCertificate() {
        X509Certificate certificate = NodeCertificate.of(KEY).certificate();
        NodeTrust trust = new NodeTrust();

        assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[0], "EdDSA"))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkServerTrusted(new X509Certificate[] {certificate, certificate}, "EdDSA"))
                .isInstanceOf(CertificateException.class);
    }

    private static X509Certificate certificateOver(SubjectPublicKeyInfo key) throws Exception {
        ContentSigner signer = new JcaContentSignerBuilder("Ed25519")
                .build(NodeCertificate.of(KEY).privateKey());
        X500Name name = new X500Name("CN=test");
        byte[] encoded = new X509v3CertificateBuilder(name, BigInteger.ONE, new Date(0), new Date(1), name, key)
                .build(signer)
                .getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
