package synod.node.rpc.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.node.rpc.RpcLimits;
import synod.node.rpc.jsonrpc.AnswerBuffer;
import synod.node.rpc.jsonrpc.ByteBudget;
import synod.node.rpc.jsonrpc.Session;
import synod.node.rpc.subscription.EventHub;
import synod.node.rpc.subscription.Outlet;
import synod.node.rpc.subscription.Subscriber;
import synod.node.rpc.subscription.Subscription;
import synod.node.rpc.subscription.Topic;

/**
 * One WebSocket connection: several messages at once, answered in the order in which they are done, and notifications
 * in between. While the most are under way nothing more is read; a reader too slow for its notifications is cut off.
 */
final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame> implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

    /** So long may a close frame take to get out before the connection is cut. */
    private static final long CLOSE_MILLIS = 2_000;

    private static final AtomicLong SUBSCRIPTION_IDS = new AtomicLong();

    private final Channel channel;
    private final RpcLimits limits;
    private final CallRunner runner;
    private final ByteBudget budget;
    private final EventHub events;
    private final boolean admin;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final AtomicInteger subscriptionCount = new AtomicInteger();
    private final AtomicLong unsentBytes = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private int inFlight;
    private boolean pinged;

    WebSocketConnection(Channel channel, RpcLimits limits, CallRunner runner, EventHub events, boolean admin) {
        this.channel = channel;
        this.limits = limits;
        this.runner = runner;
        this.budget = runner.budget();
        this.events = events;
        this.admin = admin;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        pinged = false;
        if (ended.get()) {
            return;
        }
        switch (frame) {
            case TextWebSocketFrame text -> begin(context, ByteBufUtil.getBytes(text.content()));
            case CloseWebSocketFrame close -> close(WebSocketCloseStatus.NORMAL_CLOSURE, close.reasonText());
            case BinaryWebSocketFrame _ -> close(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "text frames only");
            // The next frame is read once the pong is out, so that pings cannot pile up pongs.
            case PingWebSocketFrame ping ->
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()))
                        .addListener(future -> context.read());
            default -> context.read();
        }
    }

    /** What one message did: its new subscriptions are released once its answer is on its way. */
    private final class MessageSession implements Session, Subscriber {
        private final List<Subscription> opened = new ArrayList<>();

        @Override
        public boolean admin() {
            return admin;
        }

        @Override
        public Optional<Subscriber> subscriber() {
            return Optional.of(this);
        }

        @Override
        public Optional<String> subscribe(Topic topic) {
            if (subscriptionCount.incrementAndGet() > limits.maxSubscriptions()) {
                subscriptionCount.decrementAndGet();
                return Optional.empty();
            }
            String id = Long.toString(SUBSCRIPTION_IDS.incrementAndGet());
            Subscription subscription = new Subscription(id, topic, WebSocketConnection.this);
            subscriptions.put(id, subscription);
            opened.add(subscription);
            events.add(subscription);
            if (!channel.isActive()) {
                removeAll();
            }
            return Optional.of(id);
        }

        @Override
        public boolean unsubscribe(String id) {
            return remove(id);
        }
    }

    private boolean remove(String id) {
        Subscription subscription = subscriptions.remove(id);
        if (subscription == null) {
            return false;
        }
        subscriptionCount.decrementAndGet();
        events.remove(subscription);
        return true;
    }

    private void removeAll() {
        subscriptions.keySet().forEach(this::remove);
    }

    private void begin(ChannelHandlerContext context, byte[] message) {
        if (!budget.take(message.length)) {
            close(WebSocketCloseStatus.TRY_AGAIN_LATER, "too much is being sent at once");
            return;
        }
        inFlight++;
        MessageSession session = new MessageSession();
        try {
            runner.run(
                    message,
                    session,
                    answer -> context.executor().execute(() -> answer(context, message.length, session, answer)));
        } catch (RejectedExecutionException e) {
            LOG.debug("no more calls: the server stops");
            context.close();
        }
        if (inFlight < limits.maxInFlightPerConnection()) {
            context.read();
        }
    }

    private void answer(ChannelHandlerContext context, int messageBytes, MessageSession session, AnswerBuffer answer) {
        budget.give(messageBytes);
        if (answer.size() == 0) {
            answered(context, answer);
        } else {
            context.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(answer.array(), 0, answer.size())))
                    .addListener(future -> answered(context, answer));
        }
        session.opened.forEach(Subscription::release);
    }

    private void answered(ChannelHandlerContext context, AnswerBuffer answer) {
        answer.release();
        if (inFlight-- == limits.maxInFlightPerConnection()) {
            context.read();
        }
    }

    @Override
    public void send(String notification) {
        byte[] bytes = notification.getBytes(StandardCharsets.UTF_8);
        if (ended.get()) {
            return;
        }
        if (unsentBytes.get() + bytes.length > limits.maxUnsentBytes() || !budget.take(bytes.length)) {
            end("slow consumer: " + unsentBytes.get() + " bytes of notifications wait to be read");
            return;
        }
        unsentBytes.addAndGet(bytes.length);
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes)))
                .addListener(future -> {
                    unsentBytes.addAndGet(-bytes.length);
                    budget.give(bytes.length);
                });
    }

    @Override
    public void end(String reason) {
        close(WebSocketCloseStatus.TRY_AGAIN_LATER, reason);
    }

    private void close(WebSocketCloseStatus status, String reason) {
        if (ended.getAndSet(true)) {
            return;
        }
        removeAll();
        channel.writeAndFlush(new CloseWebSocketFrame(status, reason)).addListener(future -> channel.close());
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            if (pinged) {
                context.close();
            } else {
                pinged = true;
                context.writeAndFlush(new PingWebSocketFrame());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended.set(true);
        removeAll();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case TooLongFrameException _ -> close(WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message is too long");
            case CorruptedFrameException _ -> LOG.debug("a WebSocket client broke the protocol", cause);
            case IOException _ -> context.close();
            default -> {
                LOG.warn("a WebSocket connection failed", cause);
                context.close();
            }
        }
    }
}
