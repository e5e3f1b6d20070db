package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRangeTest {
    @Test
    void aPrefixEndsWhereTheNextOneBegins() {
        assertThat(KeyRange.prefix(new byte[] {1, 2}).to()).contains(new byte[] {1, 3});
        assertThat(KeyRange.prefix(new byte[] {1, (byte) 0xff}).to()).contains(new byte[] {2});
        assertThat(KeyRange.prefix(new byte[] {0x7f}).to()).contains(new byte[] {(byte) 0x80});
    }

    @Test
    void aPrefixOfTheHighestBytesHasNoEnd() {
        assertThat(KeyRange.prefix(new byte[] {-1, -1}).to()).isEmpty();
        assertThat(KeyRange.prefix(new byte[0]).to()).isEmpty();
    }

    @Test
    void comparesBytesWithoutSign() {
        KeyRange range = KeyRange.between(new byte[] {0x10}, new byte[] {(byte) 0x90});

        assertThat(range.contains(new byte[] {0x10})).isTrue();
        assertThat(range.contains(new byte[] {(byte) 0x80, 0})).isTrue();
        assertThat(range.contains(new byte[] {(byte) 0x90})).isFalse();
        assertThat(range.contains(new byte[] {0x0f, 1})).isFalse();
    }
}
