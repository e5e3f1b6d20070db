package synod.node.rpc.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.node.rpc.RpcLimits;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.subscription.EventHub;

/** Turns an HTTP connection into a WebSocket connection (RFC 6455 section 4.2). */
final class WebSocketUpgrade {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketUpgrade.class);

    private final RpcLimits limits;
    private final CallRunner runner;
    private final EventHub events;

    WebSocketUpgrade(RpcLimits limits, CallRunner runner, EventHub events) {
        this.limits = limits;
        this.runner = runner;
        this.events = events;
    }

    void begin(ChannelHandlerContext context, HttpRequest head, boolean admin) {
        WebSocketDecoderConfig decoder = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limits.maxMessageBytes())
                .allowExtensions(false)
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .closeOnProtocolViolation(true)
                .build();
        @Nullable
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("/ws", null, decoder).newHandshaker(head);
        if (handshaker == null) {
            refuse(context, "only version 13 of WebSocket is spoken here");
            return;
        }
        FullHttpRequest request = new DefaultFullHttpRequest(head.protocolVersion(), head.method(), head.uri());
        request.headers().set(head.headers());
        try {
            handshaker.handshake(context.channel(), request).addListener(future -> {
                if (!future.isSuccess()) {
                    LOG.debug("a WebSocket handshake failed", future.cause());
                    context.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            refuse(context, "this is no WebSocket handshake");
            return;
        } finally {
            request.release();
        }
        install(context, admin);
    }

    private void install(ChannelHandlerContext context, boolean admin) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(RequestDeadline.class);
        pipeline.addFirst(new IdleStateHandler(limits.idleMillis() / 2, 0, 0, TimeUnit.MILLISECONDS));
        String flow = pipeline.context(OneAtATime.class).name();
        pipeline.addBefore(flow, "utf8", new Utf8FrameValidator());
        pipeline.addBefore(flow, "aggregator", new WebSocketFrameAggregator(limits.maxMessageBytes()));
        pipeline.replace(
                context.name(), "websocket", new WebSocketConnection(context.channel(), limits, runner, events, admin));
    }

    private static void refuse(ChannelHandlerContext context, String detail) {
        FullHttpResponse response = Responses.refusal(Refusal.of(
                HttpResponseStatus.UPGRADE_REQUIRED, ErrorCode.INVALID_REQUEST, "websocket-handshake", detail));
        response.headers()
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
                .set(HttpHeaderNames.UPGRADE, "websocket")
                .set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(future -> context.close());
    }
}
