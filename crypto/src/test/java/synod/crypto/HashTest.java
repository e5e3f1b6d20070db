package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    /** SHA-256 of "abc": the example of FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void isSha256OfTheJoinedParts() {
        assertThat(Sha256.hash(ascii("abc"))).hasToString(ABC).isEqualTo(Hash.parse(ABC));
        assertThat(Sha256.hash(ascii("a"), ascii(""), ascii("bc"))).hasToString(ABC);
        assertThat(Sha256.doubleHash(ascii("a"), ascii("bc")))
                .isEqualTo(Sha256.hash(Hash.parse(ABC).bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0x7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ABC + "00"})
    void refusesTextThatIsNotSixtyFourDigits(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Hash.parse(text));
    }

    @Test
    void isOrderedByUnsignedBytes() {
        Hash low = Hash.parse("7f" + ABC.substring(2));
        Hash high = Hash.parse("80" + ABC.substring(2));
        assertThat(low).isLessThan(high);
        assertThat(Hash.ZERO).isLessThan(low);
    }

    @Test
    void itsFirstBitIsTheHighestOfTheFirstByte() {
        Hash hash = Hash.parse("80" + "0".repeat(60) + "01");
        for (int i = 0; i < 256; i++) {
            assertThat(hash.bit(i)).isEqualTo(i == 0 || i == 255);
        }
    }

    @Test
    void isAValueThatNobodyCanChange() {
        byte[] bytes = new byte[40];
        Hash hash = Hash.of(bytes, 8);
        bytes[8] = 1;
        hash.bytes()[0] = 1;
        assertThat(hash).isEqualTo(Hash.ZERO).hasSameHashCodeAs(Hash.ZERO);
    }

    @Test
    void refusesOtherLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(new byte[31]));
        assertThatThrownBy(() -> Hash.of(new byte[40], 9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Hash.of(new byte[40], -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
