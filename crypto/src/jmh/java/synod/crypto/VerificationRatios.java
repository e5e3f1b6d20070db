package synod.crypto;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Compares the same checks in one process, in turns and by the thread's own processor time, so that other load on the
 * machine and its changing clock fall on all of them alike. Prints medians and ratios to the library's check.
 */
public final class VerificationRatios {
    private static final int WARM_UP_ROUNDS = 8;
    private static final int ROUNDS = 25;
    private static final long ROUND_NANOS = 60_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private VerificationRatios() {}

    public static void main(String[] args) {
        VerificationBenchmark benchmark = new VerificationBenchmark();
        Map<String, Variant> variants = new LinkedHashMap<>();
        variants.put("library", new Variant(1, benchmark::librarySingle));
        variants.put("library and membership of R", new Variant(1, benchmark::librarySingleAndMembershipOfR));
        variants.put("single, key seen before", new Variant(1, benchmark::single));
        variants.put("single, key not seen before", new Variant(1, benchmark::singleOfAStranger));
        variants.put("batch of 8", new Variant(8, benchmark::batchOf8));
        variants.put("batch of 32", new Variant(32, benchmark::batchOf32));
        variants.put("batch of 128", new Variant(128, benchmark::batchOf128));
        variants.put("batch of 128 from 8 keys", new Variant(128, benchmark::batchOf128From8Keys));

        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (Variant variant : variants.values()) {
                double rate = variant.rate(round < 0 ? 5 * ROUND_NANOS : ROUND_NANOS);
                if (round >= 0) {
                    variant.rates[round] = rate;
                }
            }
        }
        double library = variants.get("library").median();
        variants.forEach((name, variant) ->
                System.out.printf("%-30s %8.0f/s %6.2f%n", name, variant.median(), variant.median() / library));
    }

    private record Variant(int signatures, BooleanSupplier check, double[] rates) {
        Variant(int signatures, BooleanSupplier check) {
            this(signatures, check, new double[ROUNDS]);
        }

        double rate(long nanos) {
            long start = THREADS.getCurrentThreadCpuTime();
            long spent;
            long checked = 0;
            do {
                for (int i = 0; i < 4; i++) {
                    check.getAsBoolean();
                    checked += signatures;
                }
                spent = THREADS.getCurrentThreadCpuTime() - start;
            } while (spent < nanos);
            return checked * 1e9 / spent;
        }

        double median() {
            double[] sorted = rates.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }
}
