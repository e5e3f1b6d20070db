package synod.chain.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteStringTest {
    @Test
    void doesNotChangeWithTheArrayItWasMadeFromOrGives() {
        byte[] array = {1, 2};
        ByteString string = ByteString.of(array);
        array[0] = 9;
        string.bytes()[1] = 9;
        assertThat(string).isEqualTo(ByteString.of((byte) 1, (byte) 2)).hasToString("0102");
    }

    @Test
    void isOrderedAsUnsignedBytes() {
        assertThat(ByteString.of((byte) 0x7f)).isLessThan(ByteString.of((byte) 0x80));
        assertThat(ByteString.EMPTY).isLessThan(ByteString.of((byte) 0));
    }
}
