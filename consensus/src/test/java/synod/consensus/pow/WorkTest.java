package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class WorkTest {
    /** Bitcoin's genesis block; its chain work as Blockchair's API documentation shows it. */
    @Test
    void isThatOfBitcoinsGenesisBlock() {
        assertThat(Work.of(new CompactBits(0x1d00ffff))).isEqualTo(new BigInteger("100010001", 16));
    }

    /** btcd, {@code blockchain/difficulty_test.go}, TestCalcWork: no work; here such bits cannot be made. */
    @Test
    void isNotDefinedForATargetOfZero() {
        assertThatThrownBy(() -> new CompactBits(10_000_000)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The example of the Bitcoin wiki's page on difficulty: 16307.420938523983. */
    @Test
    void givesTheDifficultyThatPeopleKnow() {
        assertThat(Work.difficulty(new CompactBits(0x1b0404cb))).isEqualByComparingTo("16307.42");
        assertThat(Work.difficulty(new CompactBits(0x1d00ffff))).isEqualByComparingTo("1");
    }

    @Test
    void isTwoForATargetOfHalfOfAllHashes() {
        assertThat(Work.of(new CompactBits(0x207fffff))).isEqualTo(BigInteger.TWO);
    }
}
