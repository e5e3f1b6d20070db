package synod.node.rpc.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;

/** Tells a connection above the limit so, and closes it, whatever it wanted. */
final class FullHouse extends ChannelInboundHandlerAdapter {
    private final int maxConnections;

    FullHouse(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        FullHttpResponse response = Responses.refusal(
                Refusal.busy("connections", "this node has " + maxConnections + " connections already"));
        response.headers().set(HttpHeaderNames.CONNECTION, "close");
        // Past the codec, which would hold the response back until it has seen a request.
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
