package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AddressTest {
    private static final Address ADDRESS =
            Address.of(SigningKey.of(new byte[32]).publicKey());

    @Test
    void itsTextReadsBack() {
        assertThat(Address.parse("syn", ADDRESS.format("syn"))).isEqualTo(ADDRESS);
    }

    @Test
    void isTheHashOfTheSchemeByteAndTheKey() {
        PublicKey key = SigningKey.of(new byte[32]).publicKey();
        assertThat(ADDRESS.digest()).isEqualTo(Sha256.hash(new byte[1], key.bytes()));
    }

    @Test
    void refusesAnotherNetworksPrefix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("syn", ADDRESS.format("other")))
                .withMessageContaining("network 'other', not of 'syn'");
    }

    @Test
    void refusesAnotherLength() {
        String text = Bech32m.ofBytes("syn", new byte[31]).encode();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("syn", text))
                .withMessageContaining("not 31");
    }
}
