package synod.wallet;

import java.util.Optional;

/** Where a transaction stands, as one node sees it. */
sealed interface TransactionStatus {
    /** The node has never heard of it, or has forgotten it. */
    record Unknown() implements TransactionStatus {}

    /**
     * It waits for a block.
     *
     * @param cause the reason, for programs
     * @param detail the reason, for people
     */
    record Pending(String cause, String detail) implements TransactionStatus {}

    /** It stands in a block of the node's branch. */
    record Included(String block, long height, FinalityReport finality) implements TransactionStatus {}

    /** Reads the result of {@code ledger_getTransaction}. */
    static TransactionStatus of(JsonObject result) {
        String status = result.text("status");
        return switch (status) {
            case "unknown" -> new Unknown();
            case "pending" -> {
                Optional<JsonObject> wait = result.optionalObject("wait");
                yield new Pending(
                        wait.map(fields -> fields.text("cause")).orElse("unknown"),
                        wait.map(fields -> fields.text("detail")).orElse("the node gives no reason"));
            }
            case "included" ->
                new Included(
                        result.text("block"), result.number("height"), FinalityReport.of(result.object("finality")));
            default -> throw new JsonShapeException("field 'status' is '" + status + "'");
        };
    }
}
