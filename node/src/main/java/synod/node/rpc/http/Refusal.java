package synod.node.rpc.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.RpcException;

/** An HTTP request that gets no further than the transport: its status, and the JSON-RPC error in its body. */
record Refusal(HttpResponseStatus status, RpcException error) {
    static Refusal of(HttpResponseStatus status, ErrorCode code, String reason, String detail) {
        return new Refusal(status, new RpcException(code, reason, detail));
    }

    static Refusal badRequest(String reason, String detail) {
        return of(HttpResponseStatus.BAD_REQUEST, ErrorCode.INVALID_REQUEST, reason, detail);
    }

    static Refusal body(int maxBytes) {
        return of(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                ErrorCode.TOO_LARGE,
                "body",
                "a request has at most " + maxBytes + " bytes");
    }

    static Refusal busy(String reason, String detail) {
        return of(HttpResponseStatus.SERVICE_UNAVAILABLE, ErrorCode.TOO_BUSY, reason, detail);
    }
}
