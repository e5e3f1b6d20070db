package synod.node.rpc.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Hands on one message for each {@code read()} of the handlers behind it, however many the bytes of one read decoded
 * into. The socket is read again only when none is left, so what a client sends ahead stays in the system's buffers.
 */
final class OneAtATime extends ChannelDuplexHandler {
    private final Queue<Object> queue = new ArrayDeque<>();
    private boolean wanted;
    private boolean handing;

    @Override
    public void read(ChannelHandlerContext context) {
        wanted = true;
        if (!handing) {
            handOn(context);
            if (wanted) {
                context.read();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        queue.add(message);
        if (!handing) {
            handOn(context);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (wanted) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    private void handOn(ChannelHandlerContext context) {
        handing = true;
        try {
            while (wanted && !queue.isEmpty()) {
                wanted = false;
                context.fireChannelRead(queue.remove());
            }
        } finally {
            handing = false;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        release();
    }

    private void release() {
        queue.forEach(ReferenceCountUtil::release);
        queue.clear();
    }
}
