package synod.p2p;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import synod.p2p.tls.NodeTls;

/**
 * The sockets: listens, dials, and puts each connection's handlers together.
 *
 * <p>Memory: the JDK's TLS works on arrays, so buffers are taken from the heap, out of one arena for each I/O thread in
 * chunks of 256 KiB (Netty's default is 4 MiB). Direct memory is only touched to copy one write at a time to the socket,
 * from an arena of the same kind. Several nodes then fit in one small machine.
 */
final class Transport implements AutoCloseable {
    private static final int PAGE_BYTES = 8192;
    private static final int CHUNK_ORDER = 5;
    private static final int BACKLOG = 128;
    private static final long SHUTDOWN_MILLIS = 2_000;

    private final PeerNetworkConfig config;
    private final ConnectionOwner owner;
    private final NodeTls tls;
    private final EventLoopGroup group;
    private final PooledByteBufAllocator allocator;
    private boolean closed;

    Transport(PeerNetworkConfig config, ConnectionOwner owner) {
        this.config = config;
        this.owner = owner;
        this.tls = new NodeTls(config.key(), config.timeouts().handshakeMillis());
        this.group = new MultiThreadIoEventLoopGroup(
                config.ioThreads(), new DefaultThreadFactory("p2p", true), NioIoHandler.newFactory());
        this.allocator = new PooledByteBufAllocator(
                false, config.ioThreads(), config.ioThreads(), PAGE_BYTES, CHUNK_ORDER, 64, 32, false);
    }

    /**
     * Begins to listen. Nothing is accepted until the channel is told to read.
     *
     * @throws IOException with a sentence if the address cannot be had
     */
    Channel listen() throws IOException {
        InetSocketAddress address = new InetSocketAddress(config.bindHost(), config.bindPort());
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer(Optional.empty()))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for peers on " + config.bindHost() + ":" + config.bindPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    /**
     * Opens a connection. Resolving a name blocks, so that happens on a thread of its own.
     *
     * @param onFailure told why there is no connection; not called once there is one
     */
    void dial(Dial dial, Consumer<String> onFailure) {
        Thread.ofVirtual().name("p2p-dial").start(() -> {
            InetSocketAddress address = dial.address().resolve();
            if (address.isUnresolved()) {
                onFailure.accept("the name " + dial.address().host() + " is not known");
                return;
            }
            if (!connect(dial, address, onFailure)) {
                onFailure.accept("the network is closed");
            }
        });
    }

    /** Returns false if there are no more connections to be opened. The lock keeps the threads from ending halfway. */
    private synchronized boolean connect(Dial dial, InetSocketAddress address, Consumer<String> onFailure) {
        if (closed) {
            return false;
        }
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.timeouts().handshakeMillis())
                .handler(initializer(Optional.of(dial)))
                .connect(address)
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        onFailure.accept(String.valueOf(connected.cause().getMessage()));
                    }
                });
        return true;
    }

    private ChannelInitializer<SocketChannel> initializer(Optional<Dial> dial) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                SslHandler handler = dial.isPresent() ? tls.dialling() : tls.accepting();
                channel.pipeline()
                        .addLast(handler)
                        .addLast(new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                        .addLast(new PeerConnection(channel, handler, dial, config, owner));
            }
        };
    }

    /** Runs something again and again on an I/O thread; it must not block. */
    ScheduledFuture<?> every(long millis, Runnable task) {
        return group.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Closes all sockets. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        group.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * SHUTDOWN_MILLIS);
    }
}
