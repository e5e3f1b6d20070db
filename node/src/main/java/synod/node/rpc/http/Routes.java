package synod.node.rpc.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;
import synod.node.rpc.jsonrpc.ErrorCode;

/** What there is under which path, and what is refused when only the header is known. */
final class Routes {
    /** Where a request goes. */
    enum Route {
        RPC("/", HttpMethod.POST),
        WEB_SOCKET("/ws", HttpMethod.GET),
        HEALTH("/health", HttpMethod.GET),
        METRICS("/metrics", HttpMethod.GET);

        private final String path;
        private final HttpMethod method;

        Route(String path, HttpMethod method) {
            this.path = path;
            this.method = method;
        }
    }

    private final RequestGuard guard;
    private final int maxBodyBytes;

    Routes(RequestGuard guard, int maxBodyBytes) {
        this.guard = guard;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Why a request is refused before its body is read, if it is. */
    Optional<Refusal> check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(malformed(request.decoderResult().cause()));
        }
        return guard.check(request).or(() -> checkRoute(request)).or(() -> checkBody(request));
    }

    private static Refusal malformed(Throwable cause) {
        return cause instanceof TooLongFrameException
                ? Refusal.of(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        ErrorCode.TOO_LARGE,
                        "headers",
                        "the request line or the headers are too long")
                : Refusal.badRequest("malformed-http", "this is not HTTP/1.1 as it should be");
    }

    private static Optional<Refusal> checkRoute(HttpRequest request) {
        Optional<Route> route = find(request);
        if (route.isEmpty()) {
            return Optional.of(Refusal.of(
                    HttpResponseStatus.NOT_FOUND,
                    ErrorCode.INVALID_REQUEST,
                    "unknown-path",
                    "there is POST / for JSON-RPC, and GET /ws, /health and /metrics"));
        }
        if (!request.method().equals(route.get().method)) {
            return Optional.of(Refusal.of(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    ErrorCode.INVALID_REQUEST,
                    "http-method",
                    route.get().path + " takes " + route.get().method));
        }
        return Optional.empty();
    }

    private Optional<Refusal> checkBody(HttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(request)) {
            return Optional.of(Refusal.of(
                    HttpResponseStatus.EXPECTATION_FAILED,
                    ErrorCode.INVALID_REQUEST,
                    "expect",
                    "no expectation but 100-continue is met here"));
        }
        // The decoder has refused a length that is no number, and two different ones.
        long length = HttpUtil.getContentLength(request, 0L);
        return length > maxBodyBytes ? Optional.of(Refusal.body(maxBodyBytes)) : Optional.empty();
    }

    /** Where a request goes that was not refused. */
    Route routeOf(HttpRequest request) {
        return find(request).orElseThrow(() -> new IllegalStateException("a request without a route was let through"));
    }

    private static Optional<Route> find(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        for (Route route : Route.values()) {
            if (route.path.equals(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }
}
