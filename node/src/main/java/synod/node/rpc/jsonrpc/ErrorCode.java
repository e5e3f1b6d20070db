package synod.node.rpc.jsonrpc;

import java.util.Locale;

/** The error codes of this interface, each with one meaning. The first five are those of JSON-RPC 2.0. */
public enum ErrorCode {
    /** The text is not JSON. */
    PARSE_ERROR(-32700, "Not JSON"),
    /** The JSON is no request object of JSON-RPC 2.0, or the HTTP request around it cannot be served. */
    INVALID_REQUEST(-32600, "Not a request"),
    /** There is no method of this name. */
    METHOD_NOT_FOUND(-32601, "No such method"),
    /** A parameter is missing, unknown or wrong; the reason is the parameter's name. */
    INVALID_PARAMS(-32602, "Invalid params"),
    /** A defect of this node; its log has the details. */
    INTERNAL_ERROR(-32603, "Internal error"),
    /** The ledger or the mempool refused what was submitted; the reason is the rejection's code. */
    REJECTED(-32000, "Rejected"),
    /** What was asked for does not exist here. */
    NOT_FOUND(-32001, "Not found"),
    /** The caller may not do this. */
    UNAUTHORIZED(-32002, "Unauthorized"),
    /** The request, the batch or the answer passes a size limit. */
    TOO_LARGE(-32003, "Too large"),
    /** A limit on concurrent work, connections or time was reached; the same request may succeed later. */
    TOO_BUSY(-32004, "Too busy"),
    /** The node is starting. */
    NOT_READY(-32005, "Not ready");

    private final int code;
    private final String title;

    ErrorCode(int code, String title) {
        this.code = code;
        this.title = title;
    }

    /** The number in the error object. */
    public int code() {
        return code;
    }

    /** The first words of the message. */
    public String title() {
        return title;
    }

    /** The name in metrics and documents: {@code invalid-params}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
