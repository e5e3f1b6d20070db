package synod.chain.stake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.crypto.Sha256;
import synod.crypto.VrfKey;

/** Leaders are as frequent as their stake says. */
class LeaderFrequencyTest {
    private static final Ratio F = new Ratio(1, 5);
    private static final long[] STAKES = {1, 3, 10, 31, 100, 355};
    private static final long TOTAL = 500;

    /** A χ² variable with seven degrees of freedom exceeds this once in 10⁶ times. */
    private static final double BOUND = 40.5;

    @Test
    void overAMillionSlotsLeadersAreAsFrequentAsTheirStakeSays() {
        BigInteger[] thresholds = thresholds();
        Random random = new Random(20_261_122);
        int slots = 1 << 20;
        int[] leads = new int[STAKES.length];
        int empty = 0;
        byte[] output = new byte[LeaderThreshold.BITS / Byte.SIZE];
        for (int slot = 0; slot < slots; slot++) {
            boolean led = false;
            for (int i = 0; i < STAKES.length; i++) {
                random.nextBytes(output);
                if (new BigInteger(1, output).compareTo(thresholds[i]) < 0) {
                    leads[i]++;
                    led = true;
                }
            }
            empty += led ? 0 : 1;
        }
        assertThat(chiSquare(slots, leads, empty)).isLessThan(BOUND);
    }

    @Test
    void soItIsWithTheFunctionItself() throws Exception {
        LeaderThreshold threshold = new LeaderThreshold(F);
        VrfKey[] keys = IntStream.range(0, STAKES.length)
                .mapToObj(i -> VrfKey.of(Sha256.hash(new byte[] {(byte) i}).bytes()))
                .toArray(VrfKey[]::new);
        int slots = 1_500;
        int[] leads = new int[STAKES.length];
        int empty = 0;
        for (int slot = 0; slot < slots; slot++) {
            boolean led = false;
            byte[] alpha = LeaderProof.alpha(Sha256.hash(), slot);
            for (int i = 0; i < STAKES.length; i++) {
                ByteString output = ByteString.of(keys[i].prove(alpha).unverifiedOutput());
                if (threshold.admits(output, new Amount(STAKES[i]), new Amount(TOTAL))) {
                    leads[i]++;
                    led = true;
                }
            }
            empty += led ? 0 : 1;
        }
        assertThat(chiSquare(slots, leads, empty)).isLessThan(BOUND);
    }

    private static BigInteger[] thresholds() {
        LeaderThreshold threshold = new LeaderThreshold(F);
        return IntStream.range(0, STAKES.length)
                .mapToObj(i -> threshold.of(new Amount(STAKES[i]), new Amount(TOTAL)))
                .toArray(BigInteger[]::new);
    }

    /** Over each validator's leads, and the slots without a leader, which are 1 − f of all however the stake is divided. */
    private static double chiSquare(int slots, int[] leads, int empty) {
        double sum = term(slots, empty, 1 - (double) F.numerator() / F.denominator());
        for (int i = 0; i < leads.length; i++) {
            double share = (double) STAKES[i] / TOTAL;
            sum += term(slots, leads[i], 1 - Math.pow(1 - (double) F.numerator() / F.denominator(), share));
        }
        return sum;
    }

    private static double term(int slots, int observed, double probability) {
        double expected = slots * probability;
        return (observed - expected) * (observed - expected) / (expected * (1 - probability));
    }
}
