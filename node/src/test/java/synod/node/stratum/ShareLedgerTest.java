package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;

class ShareLedgerTest {
    private static final Address ALICE = DevelopmentKeys.address("alice");
    private static final Address BOB = DevelopmentKeys.address("bob");

    private final ShareLedger ledger = new ShareLedger();

    @Test
    void splitsByWorkAndNotByTheNumberOfShares() {
        ledger.add(ALICE, 8);
        ledger.add(BOB, 1);
        ledger.add(BOB, 1);
        assertThat(ledger.split(1_000, 100)).isEqualTo(Map.of(ALICE, 800L, BOB, 200L));
    }

    @Test
    void countsTheLastSharesOnlyBackToTwiceTheBlocksWork() {
        ledger.add(ALICE, 50);
        for (int i = 0; i < 20; i++) {
            ledger.add(BOB, 1);
        }
        assertThat(ledger.split(1_000, 10)).isEqualTo(Map.of(BOB, 1_000L));
        // what was too old for one block is gone
        assertThat(ledger.split(1_000, 1_000)).isEqualTo(Map.of(BOB, 1_000L));
    }

    @Test
    void paysOutNoMoreThanThereIs() {
        ledger.add(ALICE, 1);
        ledger.add(BOB, 1);
        ledger.add(DevelopmentKeys.address("carol"), 1);
        Map<Address, Long> parts = ledger.split(100, 10);
        assertThat(parts.values()).containsOnly(33L);
        assertThat(ledger.split(Long.MAX_VALUE, 10).values()).allMatch(amount -> amount == Long.MAX_VALUE / 3);
    }

    @Test
    void splitsNothingAmongNobody() {
        assertThat(ledger.split(1_000, 1)).isEmpty();
    }

    @Test
    void keepsAllWorkThatCountsInSharesOfTheLeastDifficulty() {
        double block = 1_000;
        ledger.add(ALICE, block);
        double least = ShareLedger.leastDifficulty(block);
        for (double work = 0; work < block * 0.999; work += least) {
            ledger.add(BOB, least);
        }
        // a burst of easy shares pushes out nobody whose work is within the window
        assertThat(ledger.split(1_000, block)).isEqualTo(Map.of(ALICE, 500L, BOB, 499L));
    }
}
