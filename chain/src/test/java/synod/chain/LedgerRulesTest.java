package synod.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerRulesTest {
    private static LedgerRules rules(long reward, long halvingBlocks) {
        return new LedgerRules(1 << 20, 1, new Amount(reward), halvingBlocks, 0);
    }

    @Test
    void theRewardHalvesUntilNothingIsLeft() {
        LedgerRules rules = rules(5, 10);
        assertThat(rules.newCoins(1)).isEqualTo(new Amount(5));
        assertThat(rules.newCoins(10)).isEqualTo(new Amount(5));
        assertThat(rules.newCoins(11)).isEqualTo(new Amount(2));
        assertThat(rules.newCoins(21)).isEqualTo(new Amount(1));
        assertThat(rules.newCoins(31)).isEqualTo(Amount.ZERO);
        assertThat(rules.newCoins(Long.MAX_VALUE)).isEqualTo(Amount.ZERO);
    }

    @Test
    void theSupplyIsTheSumOfAllNewCoins() {
        for (long halving : new long[] {0, 1, 7, 10, Long.MAX_VALUE}) {
            LedgerRules rules = rules(1_000, halving);
            long sum = 77;
            for (long height = 0; height < 100; height++) {
                sum += height == 0 ? 0 : rules.newCoins(height).units();
                assertThat(rules.supplyAt(height, new Amount(77))).isEqualTo(new Amount(sum));
            }
        }
    }

    @Test
    void theSupplyStopsAtWhatAnAmountHolds() {
        assertThat(rules(Long.MAX_VALUE, 0).supplyAt(Long.MAX_VALUE, new Amount(5)))
                .isEqualTo(new Amount(Long.MAX_VALUE));
    }

    @Test
    void refusesRulesOutsideTheBounds() {
        assertThatThrownBy(() -> new LedgerRules(Block.MAX_BYTES + 1, 1, Amount.ZERO, 0, 0))
                .hasMessageContaining("maxBlockBytes");
        assertThatThrownBy(() -> new LedgerRules(1, 1, Amount.ZERO, 0, 0)).hasMessageContaining("maxBlockBytes");
        assertThatThrownBy(() -> new LedgerRules(1 << 20, -1, Amount.ZERO, 0, 0))
                .hasMessageContaining("minFeePerByte");
        assertThatThrownBy(() -> new LedgerRules(1 << 20, Long.MAX_VALUE, Amount.ZERO, 0, 0))
                .hasMessageContaining("minFeePerByte");
        assertThatThrownBy(() -> rules(1, -1)).hasMessageContaining("halvingBlocks");
        assertThatThrownBy(() -> new LedgerRules(1 << 20, 1, Amount.ZERO, 0, -1))
                .hasMessageContaining("maturityBlocks");
    }
}
