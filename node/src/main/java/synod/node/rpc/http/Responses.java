package synod.node.rpc.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import synod.node.rpc.jsonrpc.AnswerBuffer;
import synod.node.rpc.jsonrpc.ByteBudget;
import synod.node.rpc.jsonrpc.JsonRpc;
import synod.node.rpc.jsonrpc.RpcException;

/** Makes HTTP responses. */
final class Responses {
    static final String JSON = "application/json";

    private Responses() {}

    /** An answer, whose array is sent without a copy: release it after the write. Empty: there is nothing to say. */
    static FullHttpResponse answer(AnswerBuffer answer) {
        if (answer.size() == 0) {
            return new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        }
        return response(HttpResponseStatus.OK, JSON, Unpooled.wrappedBuffer(answer.array(), 0, answer.size()));
    }

    /** To a client that asked before it sends the body. */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    static FullHttpResponse refusal(Refusal refusal) {
        return response(refusal.status(), JSON, Unpooled.wrappedBuffer(errorText(refusal.error())));
    }

    static FullHttpResponse text(HttpResponseStatus status, String type, String text) {
        return response(status, type, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** A JSON-RPC error with a null id. */
    static byte[] errorText(RpcException error) {
        AnswerBuffer out = new AnswerBuffer(0, new ByteBudget(0));
        JsonRpc.writeUnreadable(error, out);
        return Arrays.copyOf(out.array(), out.size());
    }

    private static FullHttpResponse response(HttpResponseStatus status, String type, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("X-Content-Type-Options", "nosniff");
        return response;
    }
}
