package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VrfKeyDerivationTest {
    @Test
    void aSigningKeyHasOneVrfKeyWithAnotherSecret() {
        SigningKey signing = SigningKey.of(Sha256.hash(new byte[] {1}).bytes());
        VrfKey derived = VrfKey.ofSigningKey(signing);
        assertThat(derived.publicKey())
                .isEqualTo(VrfKey.of(Sha256.hash("synod vrf seed 1".getBytes(StandardCharsets.US_ASCII), signing.seed())
                                .bytes())
                        .publicKey())
                .isNotEqualTo(signing.publicKey());
    }
}
