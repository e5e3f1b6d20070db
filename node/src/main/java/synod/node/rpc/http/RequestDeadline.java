package synod.node.rpc.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import synod.node.rpc.RpcLimits;

/**
 * Ends connections that dawdle. Each phase has one deadline that bytes do not prolong: to begin a request, to send all
 * of it, to take the answer. Stands before the HTTP decoder, where the first byte of a header is seen.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    /** Fired when a request did not arrive in time. */
    static final Object REQUEST_TOO_SLOW = new Object();

    private final RpcLimits limits;
    private boolean waiting;
    private @Nullable Future<?> timer;

    RequestDeadline(RpcLimits limits) {
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        waitForRequest(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (waiting) {
            waiting = false;
            start(limits.requestMillis(), context, () -> context.fireUserEventTriggered(REQUEST_TOO_SLOW));
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    /** The last answer is out: the next request may begin. */
    void waitForRequest(ChannelHandlerContext context) {
        waiting = true;
        start(limits.idleMillis(), context, context::close);
    }

    /** The request is here: the node's own time runs, and it is bounded too. */
    void requestComplete(ChannelHandlerContext context) {
        start(limits.callMillis() + limits.answerMillis(), context, context::close);
    }

    /** The request is refused: whoever refused it ends the connection. */
    void refused() {
        stop();
    }

    /** The answer is being sent. */
    void answerBegun(ChannelHandlerContext context) {
        start(limits.answerMillis(), context, context::close);
    }

    private void start(long millis, ChannelHandlerContext context, Runnable end) {
        stop();
        timer = context.executor().schedule(end, millis, TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
