package synod.node.rpc.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.node.rpc.jsonrpc.AnswerBuffer;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Session;
import synod.node.rpc.subscription.Subscriber;

/**
 * One HTTP connection: a request at a time, each refused as early as possible or collected, answered, and followed by
 * the next. Nothing is read while a request is worked on, so a client that sends ahead waits in its own buffers.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /** So long is what a refused client still sends read and dropped, for it to find the refusal and not a reset. */
    private static final long LINGER_MILLIS = 1_000;

    private enum State {
        RECEIVING,
        ANSWERING,
        REFUSED
    }

    private final HttpEdge edge;
    private final RequestDeadline deadline;
    private final BodyCollector body;
    private State state = State.RECEIVING;
    private @Nullable HttpRequest request;

    HttpConnection(HttpEdge edge, RequestDeadline deadline) {
        this.edge = edge;
        this.deadline = deadline;
        this.body =
                new BodyCollector(edge.limits().maxBodyBytes(), edge.runner().budget());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (state == State.REFUSED) {
                context.read();
                return;
            }
            if (message instanceof HttpRequest head) {
                begin(context, head);
            }
            if (state == State.RECEIVING && message instanceof HttpContent content) {
                receive(context, content);
            }
            if (state == State.RECEIVING) {
                context.read();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        Optional<Refusal> refusal = edge.routes().check(head);
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
            return;
        }
        request = head;
        if (HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(Responses.goOn());
        }
    }

    private void receive(ChannelHandlerContext context, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(context, Refusal.badRequest("malformed-http", "the request's body is malformed"));
            return;
        }
        switch (body.add(content.content())) {
            case TOO_LARGE -> refuse(context, Refusal.body(edge.limits().maxBodyBytes()));
            case NO_MEMORY -> refuse(context, Refusal.busy("memory", "too much is being sent at once; try again"));
            case ADDED -> {
                if (content instanceof LastHttpContent && request != null) {
                    deadline.requestComplete(context);
                    state = State.ANSWERING;
                    dispatch(context, request);
                }
            }
        }
    }

    private void dispatch(ChannelHandlerContext context, HttpRequest head) {
        try {
            switch (edge.routes().routeOf(head)) {
                case RPC -> {
                    Session session = new HttpSession(edge.isAdmin(head.headers()));
                    edge.runner().run(body.content(), session, answer -> respond(context, head, answer));
                }
                case HEALTH ->
                    edge.runner().run(() -> respond(context, head, edge.pages().health()));
                case METRICS ->
                    edge.runner().run(() -> respond(context, head, edge.pages().metrics()));
                case WEB_SOCKET -> {
                    body.release();
                    deadline.answerBegun(context);
                    edge.upgrade(context, head);
                }
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("no more calls: the server stops");
            context.close();
        }
    }

    /** A caller over plain HTTP. */
    private record HttpSession(boolean admin) implements Session {
        @Override
        public Optional<Subscriber> subscriber() {
            return Optional.empty();
        }
    }

    private void respond(ChannelHandlerContext context, HttpRequest head, AnswerBuffer answer) {
        context.executor().execute(() -> write(context, head, Responses.answer(answer), answer::release));
    }

    private void respond(ChannelHandlerContext context, HttpRequest head, FullHttpResponse response) {
        context.executor().execute(() -> write(context, head, response, () -> {}));
    }

    private void write(ChannelHandlerContext context, HttpRequest head, FullHttpResponse response, Runnable after) {
        boolean keepAlive = HttpUtil.isKeepAlive(head);
        HttpUtil.setKeepAlive(response.headers(), head.protocolVersion(), keepAlive);
        body.release();
        deadline.answerBegun(context);
        context.writeAndFlush(response).addListener(future -> {
            after.run();
            if (!future.isSuccess() || !keepAlive) {
                context.close();
                return;
            }
            state = State.RECEIVING;
            request = null;
            deadline.waitForRequest(context);
            context.read();
        });
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        state = State.REFUSED;
        request = null;
        body.release();
        deadline.refused();
        FullHttpResponse response = Responses.refusal(refusal);
        response.headers().set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(this::shutOutput);
        Future<?> end = context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(closed -> end.cancel(false));
        context.read();
    }

    private void shutOutput(Future<? super Void> written) {
        if (written instanceof ChannelFuture future
                && future.isSuccess()
                && future.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == RequestDeadline.REQUEST_TOO_SLOW && state == State.RECEIVING) {
            refuse(
                    context,
                    Refusal.of(
                            HttpResponseStatus.REQUEST_TIMEOUT,
                            ErrorCode.TOO_BUSY,
                            "slow-request",
                            "the request did not arrive within " + edge.limits().requestMillis() + " ms"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.RECEIVING) {
            body.release();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("an RPC connection broke", cause);
        } else {
            LOG.warn("an RPC connection failed", cause);
        }
        context.close();
    }
}
