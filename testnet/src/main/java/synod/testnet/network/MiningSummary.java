package synod.testnet.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a node's search comes to, in a sentence.
 *
 * @param miner the result of {@code miner_getStatus}
 * @param details the proof-of-work engine's own figures
 */
record MiningSummary(JsonNode miner, JsonNode details) {
    private record Unit(String name, double size) {}

    private static final List<Unit> RATES =
            List.of(new Unit("GH/s", 1e9), new Unit("MH/s", 1e6), new Unit("kH/s", 1e3), new Unit("H/s", 0));

    private static final List<Unit> TIMES =
            List.of(new Unit("days", 86_400), new Unit("h", 3_600), new Unit("min", 60), new Unit("s", 0));

    /** The sentence. */
    String text() {
        List<String> parts = new ArrayList<>();
        if (miner.path("threads").asInt(0) > 0) {
            parts.add(rate(miner.path("hashesPerSecond")) + " with "
                    + miner.path("kernel").asString("") + " on "
                    + miner.path("threads").asInt(0) + " thread(s)"
                    + (miner.has("slowKernel")
                            ? ", for " + miner.path("slowKernel").asString("") + " has become slow"
                            : ""));
        }
        JsonNode pool = miner.path("pool");
        if (pool.isObject()) {
            parts.add(pool.path("miners").asInt(0) + " miners connected, " + rate(pool.path("hashesPerSecond")) + ", "
                    + pool.path("acceptedShares").asLong(0) + " shares accepted, refused " + refused(pool));
        }
        JsonNode seconds = miner.path("expectedSecondsToBlock");
        if (seconds.isNumber()) {
            parts.add("a block about every " + scaled(seconds.asDouble(), TIMES));
        }
        if (details.has("blocksOrphaned")) {
            parts.add(details.path("blocksMined").asString("") + " blocks found, "
                    + details.path("blocksOrphaned").asString("") + " orphaned");
        }
        return parts.isEmpty() ? "does not search" : String.join("; ", parts);
    }

    private static String refused(JsonNode pool) {
        String byCode = pool.path("refused").properties().stream()
                .map(entry -> entry.getValue().asLong(0) + " with error " + entry.getKey())
                .collect(Collectors.joining(", "));
        return byCode.isEmpty() ? "none" : byCode;
    }

    private static String rate(JsonNode hashesPerSecond) {
        return scaled(hashesPerSecond.asDouble(0), RATES);
    }

    private static String scaled(double value, List<Unit> units) {
        Unit unit = units.stream()
                .filter(candidate -> value >= candidate.size())
                .findFirst()
                .orElse(units.getLast());
        return String.format(Locale.ROOT, "%.1f %s", value / Math.max(1, unit.size()), unit.name());
    }
}
