package synod.node.rpc.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;
import java.util.function.Predicate;
import synod.node.rpc.RpcLimits;
import synod.node.rpc.subscription.EventHub;

/** Sets up accepted connections, and counts them. */
public final class HttpEdge extends ChannelInitializer<SocketChannel> {
    private static final int MAX_REQUEST_LINE_BYTES = 1024;
    private static final int MAX_CHUNK_BYTES = 16 << 10;

    private final RpcLimits limits;
    private final CallRunner runner;
    private final Pages pages;
    private final Routes routes;
    private final Predicate<String> showsCookie;
    private final WebSocketUpgrade upgrade;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /**
     * An edge.
     *
     * @param hostNames names under which this node is served beside {@code localhost} and IP addresses
     * @param showsCookie whether an Authorization header shows the admin cookie
     */
    public HttpEdge(
            RpcLimits limits,
            Set<String> hostNames,
            Predicate<String> showsCookie,
            CallRunner runner,
            Pages pages,
            EventHub events) {
        this.limits = limits;
        this.runner = runner;
        this.pages = pages;
        this.showsCookie = showsCookie;
        this.routes = new Routes(new RequestGuard(hostNames), limits.maxBodyBytes());
        this.upgrade = new WebSocketUpgrade(limits, runner, events);
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        boolean admitted = connections.size() <= limits.maxConnections();
        RequestDeadline deadline = new RequestDeadline(limits);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(deadline)
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                        .setMaxHeaderSize(limits.maxHeaderBytes())
                        .setMaxChunkSize(MAX_CHUNK_BYTES)))
                .addLast(new OneAtATime());
        pipeline.addLast(admitted ? new HttpConnection(this, deadline) : new FullHouse(limits.maxConnections()));
    }

    /** Open connections. */
    public int connectionCount() {
        return connections.size();
    }

    /** Closes all connections. */
    public void closeAll() {
        connections.close().awaitUninterruptibly();
    }

    RpcLimits limits() {
        return limits;
    }

    CallRunner runner() {
        return runner;
    }

    Pages pages() {
        return pages;
    }

    Routes routes() {
        return routes;
    }

    boolean isAdmin(HttpHeaders headers) {
        String shown = headers.get(HttpHeaderNames.AUTHORIZATION);
        return shown != null && showsCookie.test(shown);
    }

    void upgrade(ChannelHandlerContext context, HttpRequest request) {
        upgrade.begin(context, request, isAdmin(request.headers()));
    }
}
