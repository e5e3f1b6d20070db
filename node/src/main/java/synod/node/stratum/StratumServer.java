package synod.node.stratum;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Block;
import synod.node.rpc.port.PoolPort.PoolStatus;

/** The listening socket; one thread for all connections. */
public final class StratumServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StratumServer.class);
    private static final int MAX_LINE_BYTES = 4_096;
    private static final int MAX_CONNECTIONS = 4_096;

    /** So that one host cannot take all. */
    private static final int MAX_CONNECTIONS_PER_HOST = 512;

    /** What a fast miner sends before its difficulty is right. */
    private static final int BURST_LINES = 4_096;

    private static final int LINES_PER_SECOND = 250;
    private static final int BACKLOG = 512;

    /** A miner that lets so much wait is cut off. */
    private static final int MAX_UNREAD_BYTES = 256 << 10;

    private static final long TICK_MILLIS = 1_000;
    private static final long STOP_MILLIS = 2_000;

    private final EventLoopGroup loop;
    private final StratumPool pool;
    private final ConnectionPlaces places = new ConnectionPlaces(MAX_CONNECTIONS, MAX_CONNECTIONS_PER_HOST);
    private final LongSupplier millis;
    /** Counts from a random number on, so that work which was given out before a restart is not given out again. */
    private final AtomicInteger extraNonces = new AtomicInteger(new SecureRandom().nextInt());

    private volatile PoolStatus status;
    private @Nullable Channel listener;

    private StratumServer(String addressPrefix, LongSupplier millis, WorkSink work) {
        this.loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("stratum", true), NioIoHandler.newFactory());
        this.pool = new StratumPool(addressPrefix, work);
        this.millis = millis;
        this.status = pool.status(millis.getAsLong());
    }

    /**
     * Listens for miners.
     *
     * @param addressPrefix of the network's addresses
     * @param millis a clock that never goes back
     * @param work takes what miners did
     * @throws IOException if the address cannot be bound
     */
    public static StratumServer start(InetSocketAddress bind, String addressPrefix, LongSupplier millis, WorkSink work)
            throws IOException {
        StratumServer server = new StratumServer(addressPrefix, millis, work);
        try {
            server.listen(bind);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void listen(InetSocketAddress bind) throws IOException {
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(MAX_UNREAD_BYTES / 2, MAX_UNREAD_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new LineBasedFrameDecoder(MAX_LINE_BYTES, true, true))
                                .addLast(new Connection());
                    }
                })
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for miners on " + bind + ": " + bound.cause().getMessage(), bound.cause());
        }
        listener = bound.channel();
        loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long nowMillis = millis.getAsLong();
        pool.tick(nowMillis);
        status = pool.status(nowMillis);
    }

    /** The port on which it listens. */
    public int port() {
        Channel channel = listener;
        if (channel == null) {
            throw new IllegalStateException("the server does not listen");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Gives miners this block to work on. Any thread; does not wait. */
    public void candidate(Block candidate) {
        loop.execute(() -> pool.candidate(candidate, millis.getAsLong()));
    }

    /** Shares for what was given so far are stale: the head is another. Any thread; does not wait. */
    public void headMoved() {
        loop.execute(pool::headMoved);
    }

    /** As of the last second. */
    public PoolStatus status() {
        return status;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private final class Connection extends SimpleChannelInboundHandler<ByteBuf> {
        private final LineBucket bucket = new LineBucket(BURST_LINES, LINES_PER_SECOND, millis.getAsLong());
        private @Nullable StratumSession session;
        private @Nullable InetAddress host;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (!(context.channel().remoteAddress() instanceof InetSocketAddress remote)
                    || !places.take(remote.getAddress())) {
                end(context, "it is gone already, or there is no place for another connection");
                return;
            }
            host = remote.getAddress();
            StratumSession opened = new StratumSession(
                    pool,
                    extraNonces.incrementAndGet(),
                    line -> send(context, line),
                    reason -> end(context, reason),
                    millis.getAsLong());
            session = opened;
            pool.add(opened);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
            StratumSession open = session;
            if (open == null || !context.channel().isActive()) {
                return;
            }
            long nowMillis = millis.getAsLong();
            open.receive(line.toString(StandardCharsets.UTF_8), nowMillis);
            long pauseMillis = bucket.take(nowMillis);
            if (pauseMillis > 0 && context.channel().config().isAutoRead()) {
                pause(context, pauseMillis);
            }
        }

        private void pause(ChannelHandlerContext context, long pauseMillis) {
            context.channel().config().setAutoRead(false);
            context.executor()
                    .schedule(() -> context.channel().config().setAutoRead(true), pauseMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (session != null) {
                pool.remove(session);
            }
            if (host != null) {
                places.giveBack(host);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(context, String.valueOf(cause.getMessage()));
        }

        private void send(ChannelHandlerContext context, String line) {
            if (!context.channel().isWritable()) {
                end(context, "the miner does not read");
                return;
            }
            context.writeAndFlush(context.alloc().buffer().writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        private void end(ChannelHandlerContext context, String reason) {
            LOG.debug("{}: {}", context.channel().remoteAddress(), reason);
            context.close();
        }
    }
}
