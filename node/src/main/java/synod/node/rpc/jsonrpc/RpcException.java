package synod.node.rpc.jsonrpc;

/** Ends a call with an error. It has no stack trace: it is an answer, no defect. */
public final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String reason;
    private final String detail;

    /**
     * An error.
     *
     * @param reason stable, for programs
     * @param detail for people: what exactly is wrong, and what to do where that is known
     */
    public RpcException(ErrorCode code, String reason, String detail) {
        super(code.title() + ": " + detail, null, false, false);
        this.code = code;
        this.reason = reason;
        this.detail = detail;
    }

    /** A parameter that is wrong. */
    public static RpcException invalidParam(String param, String detail) {
        return new RpcException(ErrorCode.INVALID_PARAMS, param, detail);
    }

    public ErrorCode code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }

    /** The error object of the answer. */
    ErrorObject toObject() {
        return new ErrorObject(code.code(), code.title() + ": " + detail, new ErrorData(reason, detail));
    }

    /** The error object of JSON-RPC 2.0. */
    record ErrorObject(int code, String message, ErrorData data) {}

    /** What this interface adds to every error. */
    record ErrorData(String reason, String detail) {}
}
