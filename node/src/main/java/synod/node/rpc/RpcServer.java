package synod.node.rpc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import synod.node.metrics.NodeMetrics;
import synod.node.replica.ReplicaClient;
import synod.node.rpc.http.CallRunner;
import synod.node.rpc.http.HttpEdge;
import synod.node.rpc.http.Pages;
import synod.node.rpc.jsonrpc.JsonRpc;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.MethodRegistry;
import synod.node.rpc.method.AdminMethods;
import synod.node.rpc.method.ConsensusMethods;
import synod.node.rpc.method.EventForms;
import synod.node.rpc.method.LedgerMethods;
import synod.node.rpc.method.MempoolMethods;
import synod.node.rpc.method.MinerMethods;
import synod.node.rpc.method.NetMethods;
import synod.node.rpc.method.ReplicaAccess;
import synod.node.rpc.method.SubscriptionMethods;
import synod.node.rpc.method.TransactionMethods;
import synod.node.rpc.port.MinerPort;
import synod.node.rpc.port.NetworkPort;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.port.PoolPort;
import synod.node.rpc.port.SignaturePort;
import synod.node.rpc.subscription.EventHub;

/** The running interface: a listening socket, one thread for all connections, and the calls on virtual threads. */
public final class RpcServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final long STOP_MILLIS = 2_000;

    private final EventLoopGroup loop;
    private final Channel listener;
    private final HttpEdge edge;
    private final CallRunner runner;
    private final EventHub events;
    private final Path cookieFile;

    private RpcServer(
            EventLoopGroup loop, Channel listener, HttpEdge edge, CallRunner runner, EventHub events, Path cookieFile) {
        this.loop = loop;
        this.listener = listener;
        this.edge = edge;
        this.runner = runner;
        this.events = events;
        this.cookieFile = cookieFile;
    }

    /**
     * Writes the cookie and begins to serve. May be called before the node is ready: until then what needs the replica
     * is answered {@code not-ready}.
     *
     * @throws IOException if the address cannot be bound or the cookie cannot be written
     */
    public static RpcServer start(
            RpcConfig config,
            ReplicaClient replica,
            NetworkPort network,
            MinerPort miner,
            PoolPort pool,
            NodePort node,
            SignaturePort signatures,
            NodeMetrics metrics)
            throws IOException {
        MethodRegistry methods = new MethodRegistry(
                node.version(), methods(new ReplicaAccess(replica, node), network, miner, pool, node, signatures));
        JsonRpc rpc = new JsonRpc(methods, config.limits().maxBatch(), metrics::rpcEnded);
        CallRunner runner = new CallRunner(rpc, config.limits());
        EventHub events = new EventHub(replica, new EventForms(replica));
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("rpc-io", true), NioIoHandler.newFactory());
        try {
            AdminCookie cookie = AdminCookie.create(config.cookieFile(), new SecureRandom());
            HttpEdge edge = new HttpEdge(
                    config.limits(),
                    config.hostNames(),
                    cookie::isShownBy,
                    runner,
                    new Pages(node, replica, metrics),
                    events);
            Channel listener = listen(config.bind(), loop, edge);
            register(metrics.registry(), edge, runner, events);
            return new RpcServer(loop, listener, edge, runner, events, config.cookieFile());
        } catch (IOException e) {
            events.close();
            runner.close();
            loop.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    private static List<Method> methods(
            ReplicaAccess replica,
            NetworkPort network,
            MinerPort miner,
            PoolPort pool,
            NodePort node,
            SignaturePort signatures) {
        List<Method> methods = new ArrayList<>();
        methods.addAll(new LedgerMethods(replica, node.version()).methods());
        methods.addAll(new TransactionMethods(replica).methods());
        methods.addAll(SubscriptionMethods.methods());
        methods.addAll(new MempoolMethods(replica, signatures).methods());
        methods.addAll(new ConsensusMethods(replica, node, network).methods());
        methods.addAll(new MinerMethods(replica, miner, pool).methods());
        methods.addAll(new NetMethods(network).methods());
        methods.addAll(new AdminMethods(node, network).methods());
        return methods;
    }

    private static Channel listen(InetSocketAddress address, EventLoopGroup loop, HttpEdge edge) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .childHandler(edge)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "the JSON-RPC interface cannot listen on " + address + " ("
                            + bound.cause().getMessage() + "): give it another port, or stop what uses this one",
                    bound.cause());
        }
        return bound.channel();
    }

    private static void register(MeterRegistry registry, HttpEdge edge, CallRunner runner, EventHub events) {
        Gauge.builder("synod.rpc.connections.count", edge::connectionCount)
                .description("Open connections")
                .register(registry);
        Gauge.builder("synod.rpc.inflight.count", runner::inFlight)
                .description("Messages worked on")
                .register(registry);
        Gauge.builder("synod.rpc.buffered.bytes", runner::bufferedBytes)
                .description("Requests and answers held")
                .register(registry);
        Gauge.builder("synod.rpc.subscriptions.count", events::count)
                .description("Subscriptions over WebSocket")
                .register(registry);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Stops listening, tells subscribers, closes all connections and deletes the cookie. */
    @Override
    public void close() throws IOException {
        listener.close().awaitUninterruptibly();
        events.close();
        edge.closeAll();
        runner.close();
        loop.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        Files.deleteIfExists(cookieFile);
    }
}
