package synod.wallet;

import java.util.Optional;

/** A node answered a request with an error. */
final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The error code of a refused transaction. */
    static final long REJECTED = -32000;

    /** The error code of something that the node does not have. */
    static final long NOT_FOUND = -32001;

    private static final long TOO_BUSY = -32004;
    private static final long NOT_READY = -32005;

    private final long code;
    private final String reason;
    private final boolean deliveredBefore;

    private RpcException(long code, String reason, String message, boolean deliveredBefore) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.deliveredBefore = deliveredBefore;
    }

    /**
     * Reads an error object.
     *
     * @param deliveredBefore see {@link #deliveredBefore()}
     */
    static RpcException of(JsonObject error, boolean deliveredBefore) {
        Optional<JsonObject> data = error.optionalObject("data");
        String reason = data.flatMap(fields -> fields.optionalText("reason")).orElse("unknown");
        String detail = data.flatMap(fields -> fields.optionalText("detail")).orElseGet(() -> error.text("message"));
        return new RpcException(error.number("code"), reason, detail, deliveredBefore);
    }

    /** The number that JSON-RPC or Synod gives to this kind of error. */
    long code() {
        return code;
    }

    /** The stable name of the reason. */
    String reason() {
        return reason;
    }

    /** Whether another node, which then failed to answer, may have taken the same request before. */
    boolean deliveredBefore() {
        return deliveredBefore;
    }

    /** Whether this node cannot serve anything now, but another may. */
    boolean isTemporary() {
        return code == TOO_BUSY || code == NOT_READY;
    }
}
