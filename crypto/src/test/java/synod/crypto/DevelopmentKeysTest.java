package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class DevelopmentKeysTest {
    @Test
    void areThoseThatAWalletDerivesFromTheWords() {
        HdKey master = HdKey.master(Mnemonic.parse(DevelopmentKeys.PHRASE).seed(""));
        SigningKey second =
                master.derive(DerivationPath.parse("m/44'/1398361679'/1'")).signingKey();
        assertThat(DevelopmentKeys.key("bob").publicKey()).isEqualTo(second.publicKey());
        assertThat(DevelopmentKeys.path(1)).hasToString("m/44'/1398361679'/1'");
    }

    @Test
    void haveNamesThatLeadThereAndBack() {
        assertThat(DevelopmentKeys.names())
                .startsWith("alice", "bob", "carol", "dave")
                .doesNotHaveDuplicates();
        for (String name : DevelopmentKeys.names()) {
            assertThat(DevelopmentKeys.nameOf(DevelopmentKeys.address(name))).contains(name);
        }
    }

    @Test
    void knowNoOtherAddressAndNoOtherName() {
        PublicKey stranger = SigningKey.generate(new SecureRandom()).publicKey();
        assertThat(DevelopmentKeys.nameOf(Address.of(stranger))).isEmpty();
        assertThatThrownBy(() -> DevelopmentKeys.key("mallory")).hasMessageContaining("there are alice, bob");
    }
}
