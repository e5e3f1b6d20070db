package synod.testnet.proof;

import java.util.List;

/** How long something took, several times, in milliseconds. */
public record Times(List<Long> millis) {
    /** Copies the list. */
    public Times {
        millis = List.copyOf(millis);
        if (millis.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** The least value that so many hundredths of all do not exceed: 50 for the median, 100 for the longest. */
    public long percentile(int hundredths) {
        List<Long> sorted = millis.stream().sorted().toList();
        int rank = Math.ceilDiv(hundredths * sorted.size(), 100);
        return sorted.get(Math.max(1, rank) - 1);
    }

    /** The distribution for people. */
    @Override
    public String toString() {
        return "median " + percentile(50) + " ms, 95 % within " + percentile(95) + " ms, longest " + percentile(100)
                + " ms";
    }
}
