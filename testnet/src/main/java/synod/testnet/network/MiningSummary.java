package synod.testnet.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import synod.wallet.terminal.Quantity;
import tools.jackson.databind.JsonNode;

/**
 * What a node's search comes to, in a sentence.
 *
 * @param miner the result of {@code miner_getStatus}
 * @param details the proof-of-work engine's own figures
 */
record MiningSummary(JsonNode miner, JsonNode details) {
    /** The sentence. */
    String text() {
        List<String> parts = new ArrayList<>();
        if (miner.path("threads").asInt(0) > 0) {
            parts.add(Quantity.hashRate(miner.path("hashesPerSecond").asDouble(0)) + " with "
                    + miner.path("kernel").asString("") + " on "
                    + miner.path("threads").asInt(0) + " thread(s)"
                    + (miner.has("slowKernel")
                            ? ", for " + miner.path("slowKernel").asString("") + " has become slow"
                            : ""));
        }
        JsonNode pool = miner.path("pool");
        if (pool.isObject()) {
            parts.add(pool.path("miners").asInt(0) + " miners connected, "
                    + Quantity.hashRate(pool.path("hashesPerSecond").asDouble(0)) + ", "
                    + pool.path("acceptedShares").asLong(0) + " shares accepted, refused " + refused(pool));
        }
        JsonNode seconds = miner.path("expectedSecondsToBlock");
        if (seconds.isNumber()) {
            parts.add("a block about every " + Quantity.duration(seconds.asDouble()));
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
}
