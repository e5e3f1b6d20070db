package synod.p2p;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.p2p.tls.NodeCertificate;

/**
 * One connection, from the socket to the last frame: TLS, then hellos, then frames.
 *
 * <p>Everything happens on the connection's event loop, {@link #send}, {@link #close} and the counters excepted.
 */
final class PeerConnection extends ChannelInboundHandlerAdapter implements FrameReceiver.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(PeerConnection.class);
    private static final long GOODBYE_MILLIS = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private enum Stage {
        TLS,
        HELLO,
        READY
    }

    private final Channel channel;
    private final SslHandler tls;
    private final Optional<Dial> dial;
    private final PeerNetworkConfig config;
    private final ConnectionOwner owner;
    private final FrameReceiver receiver;
    private final FrameSender sender;
    private final Pinger pinger;
    private final PeerExchange exchange;
    private final long openedNanos = System.nanoTime();

    private volatile Stage stage = Stage.TLS;
    private volatile @Nullable NodeId peer;
    private volatile @Nullable Hello hello;
    private volatile boolean closing;
    private volatile @Nullable InetSocketAddress remote;
    private volatile long readyNanos;
    private DialOutcome outcome = DialOutcome.FAILED;
    private @Nullable PeerInbox inbox;
    private @Nullable String closeReason;
    private boolean discard;

    PeerConnection(
            Channel channel, SslHandler tls, Optional<Dial> dial, PeerNetworkConfig config, ConnectionOwner owner) {
        this.channel = channel;
        this.tls = tls;
        this.dial = dial;
        this.config = config;
        this.owner = owner;
        this.receiver = new FrameReceiver(channel, config, this, openedNanos);
        this.sender = new FrameSender(channel, config.budgets().outboundBytes(), openedNanos);
        this.exchange = new PeerExchange(openedNanos);
        this.pinger = new Pinger(config.timeouts().pingMillis() * NANOS_PER_MILLI);
    }

    Optional<Dial> dial() {
        return dial;
    }

    boolean isOutbound() {
        return dial.isPresent();
    }

    /** Whether hellos are exchanged and it is not closing. */
    boolean isReady() {
        return stage == Stage.READY && !closing;
    }

    Optional<NodeId> peer() {
        return Optional.ofNullable(peer);
    }

    Optional<Hello> hello() {
        return Optional.ofNullable(hello);
    }

    /** What the dial came to. */
    DialOutcome outcome() {
        return outcome;
    }

    /** The other end's address, without an interface's name. */
    InetSocketAddress remote() {
        InetSocketAddress known = remote;
        if (known == null) {
            throw new IllegalStateException("a connection that was never open has no remote address");
        }
        return known;
    }

    /** For how long hellos have been exchanged; empty if they never were. */
    OptionalLong readyMillis() {
        return readyNanos == 0
                ? OptionalLong.empty()
                : OptionalLong.of((System.nanoTime() - readyNanos) / NANOS_PER_MILLI);
    }

    /** The questions for peers on this connection. */
    PeerExchange exchange() {
        return exchange;
    }

    /** Asks for addresses of peers, unless an answer is still to come. From any thread. */
    void askForPeers() {
        if (exchange.ask()) {
            send(ControlKind.GET_PEERS.frame(new byte[0]));
        }
    }

    long bytesIn() {
        return receiver.receivedBytes();
    }

    long bytesOut() {
        return sender.sentBytes();
    }

    long roundTripMicros() {
        return pinger.roundTripMicros();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
            finish("the connection was lost at once");
            return;
        }
        remote = withoutScope(address);
        Optional<String> refusal = isOutbound() ? Optional.empty() : owner.opened(this);
        if (refusal.isPresent()) {
            finish(refusal.get());
            return;
        }
        PeerNetworkConfig.Timeouts timeouts = config.timeouts();
        long shortest = Math.min(
                Math.min(timeouts.handshakeMillis(), timeouts.frameMillis()),
                Math.min(timeouts.idleMillis(), timeouts.pingMillis()));
        long tickMillis = Math.clamp(shortest / 5, 10, 1_000);
        var ticks = channel.eventLoop()
                .scheduleWithFixedDelay(this::checkDeadlines, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> ticks.cancel(false));
    }

    private static InetSocketAddress withoutScope(InetSocketAddress address) {
        try {
            InetAddress plain = InetAddress.getByAddress(address.getAddress().getAddress());
            return new InetSocketAddress(plain, address.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address of odd length", e);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                identify();
            } else if (closeReason == null) {
                closeReason = "no TLS handshake: " + done.cause().getMessage();
            }
        }
    }

    private void identify() {
        NodeId id;
        try {
            X509Certificate shown = (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
            id = NodeId.of(NodeCertificate.keyOf(shown));
        } catch (SSLException | CertificateException e) {
            throw new IllegalStateException("a finished handshake without a sound certificate", e);
        }
        peer = id;
        stage = Stage.HELLO;
        Optional<NodeId> pinned = dial.flatMap(d -> d.address().pinned());
        if (pinned.isPresent() && !pinned.get().equals(id)) {
            LOG.warn("at {} node {} was expected and {} was found", remote(), pinned.get(), id);
            outcome = DialOutcome.HOPELESS;
            finish("node " + pinned.get() + " was expected and " + id + " was found");
            return;
        }
        Optional<Goodbye> refusal = owner.identified(this, id);
        if (refusal.isPresent()) {
            refuse(refusal.get());
        } else if (dial.isPresent()) {
            ControlKind kind = dial.get().isProbe() ? ControlKind.PROBE : ControlKind.HELLO;
            write(kind.frame(owner.hello().encode()));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closing) {
            bytes.release();
            return;
        }
        receiver.receive(bytes);
    }

    /** Whether frames are still wanted. */
    @Override
    public boolean isOpen() {
        return !closing;
    }

    @Override
    public void malformed(MalformedFrameException defect) {
        offend(defect.points(), defect.reason(), true);
    }

    @Override
    public void frame(Frame frame) throws MalformedFrameException {
        if (ControlKind.GOODBYE.is(frame)) {
            Goodbye goodbye = Goodbye.decode(frame.payload());
            outcome = DialOutcome.of(goodbye);
            if (stage == Stage.HELLO && outcome == DialOutcome.HOPELESS) {
                LOG.warn("node {} at {} refuses this node: {}", describePeer(), remote(), goodbye.text());
            }
            finish("the peer said goodbye: " + goodbye.text());
        } else if (stage != Stage.READY) {
            handleGreeting(frame);
        } else if (frame.kind() >= Frame.FIRST_NODE_KIND && inbox != null) {
            if (!inbox.offer(frame)) {
                receiver.inboxFull();
            }
        } else if (ControlKind.PING.is(frame)) {
            write(ControlKind.PONG.frame(frame.payload()));
        } else if (ControlKind.PONG.is(frame)) {
            pinger.pong(frame, System.nanoTime());
        } else if (ControlKind.GET_PEERS.is(frame) || ControlKind.PEERS.is(frame)) {
            owner.discovery(this, frame);
        } else {
            throw new MalformedFrameException(Penalty.UNKNOWN_KIND, "a second hello");
        }
    }

    private void handleGreeting(Frame frame) throws MalformedFrameException {
        boolean probe = ControlKind.PROBE.is(frame);
        if (!ControlKind.HELLO.is(frame) && !(probe && !isOutbound())) {
            throw new MalformedFrameException(
                    Penalty.UNKNOWN_KIND, "a frame of kind " + frame.kind() + " in place of a hello");
        }
        Hello ours = owner.hello();
        int version = Hello.decodeVersion(frame.payload());
        if (version != ours.protocolVersion()) {
            refuseMismatch(ours.versionMismatch(version, isOutbound()));
            return;
        }
        Hello theirs = Hello.decode(frame.payload());
        hello = theirs;
        Optional<String> mismatch = ours.mismatch(theirs, isOutbound());
        if (mismatch.isPresent()) {
            refuseMismatch(mismatch.get());
            return;
        }
        Optional<Goodbye> refusal = owner.greeted(this, theirs, probe);
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        if (!isOutbound()) {
            write(ControlKind.HELLO.frame(ours.encode()));
        }
        if (probe) {
            return;
        }
        if (dial.filter(Dial::isProbe).isPresent()) {
            outcome = DialOutcome.PROBED;
            close(new Goodbye(Goodbye.Code.LEAVING, "that was a probe"));
            return;
        }
        readyNanos = System.nanoTime();
        stage = Stage.READY;
        inbox = owner.ready(this);
    }

    private void refuseMismatch(String mismatch) {
        LOG.warn("node {} at {} does not fit: {}", describePeer(), remote(), mismatch);
        refuse(new Goodbye(Goodbye.Code.MISMATCH, mismatch));
    }

    private void refuse(Goodbye goodbye) {
        outcome = DialOutcome.of(goodbye);
        close(goodbye);
    }

    private String describePeer() {
        return peer().map(NodeId::shortText).orElse("unknown");
    }

    /**
     * Charges the peer for an offence on its event loop.
     *
     * @param end whether the connection cannot go on in any case; a ban ends it, too
     */
    void offend(int points, String reason, boolean end) {
        Optional<Ban> ban = owner.offence(this, points, reason);
        if (ban.isPresent()) {
            close(new Goodbye(Goodbye.Code.BANNED, "banned for " + reason));
        } else if (end) {
            close(new Goodbye(Goodbye.Code.MISBEHAVED, reason));
        }
    }

    private void checkDeadlines() {
        if (closing) {
            return;
        }
        try {
            checkDeadlines(System.nanoTime());
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void checkDeadlines(long now) {
        PeerNetworkConfig.Timeouts timeouts = config.timeouts();
        if (stage != Stage.READY && now - openedNanos > timeouts.handshakeMillis() * NANOS_PER_MILLI) {
            offend(Penalty.SILENCE, "no hello within " + timeouts.handshakeMillis() + " ms", true);
        } else if (receiver.frameIsOverdue(now)) {
            offend(Penalty.TRUNCATED, "a frame that was begun and not finished in time", true);
        } else if (receiver.silentNanos(now) > timeouts.idleMillis() * NANOS_PER_MILLI) {
            close(new Goodbye(Goodbye.Code.TIMEOUT, "nothing heard for " + timeouts.idleMillis() + " ms"));
        } else if (sender.stalledNanos(now) > timeouts.idleMillis() * NANOS_PER_MILLI) {
            finish("too slow: it took nothing for " + timeouts.idleMillis() + " ms");
        } else if (stage == Stage.READY) {
            if (receiver.takeGrossExcess(now)) {
                offend(Penalty.FLOOD, "a flood of frames for " + timeouts.floodMillis() + " ms", false);
            }
            pinger.due(now).ifPresent(this::write);
        }
    }

    /** Bytes that wait to go out. */
    long waitingBytes() {
        return sender.waitingBytes();
    }

    /**
     * Queues a frame, from any thread, without blocking.
     *
     * @return false if the connection is not ready, or if the frame does not fit in its queue; the connection then
     *     closes
     */
    boolean send(Frame frame) {
        return isReady() && write(frame);
    }

    private boolean write(Frame frame) {
        boolean queued = sender.send(frame);
        if (!queued) {
            closing = true;
            onLoop(() -> finish("too slow: more than " + config.budgets().outboundBytes() + " bytes wait for it"));
        }
        return queued;
    }

    /** Says goodbye and closes, from any thread. What was received and not delivered is discarded. */
    void close(Goodbye goodbye) {
        onLoop(() -> {
            discard = true;
            if (closing || stage == Stage.TLS) {
                finish(goodbye.text());
                return;
            }
            end(goodbye.text());
            sender.sendLast(goodbye.toFrame());
            // The peer closes when it has read the goodbye. Closing first could reset the connection before that.
            channel.config().setAutoRead(true);
            channel.eventLoop().schedule(() -> channel.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    /** Closes for the sake of another connection to the same peer, from any thread. */
    void supersede() {
        onLoop(() -> refuse(new Goodbye(Goodbye.Code.DUPLICATE, "another connection to the same peer stays")));
    }

    /** Waits for the socket to be closed; not to be called on an event loop. */
    void awaitClosed(long millis) {
        channel.closeFuture().awaitUninterruptibly(millis);
    }

    /** Closes without a word. */
    private void finish(String reason) {
        end(reason);
        channel.close();
    }

    private void end(String reason) {
        closing = true;
        if (closeReason == null) {
            closeReason = reason;
        }
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else if (!channel.eventLoop().isShuttingDown()) {
            // A loop that shuts down closes its sockets itself.
            channel.eventLoop().execute(task);
        }
    }

    /** The listener took enough; called from its thread. */
    void roomAgain() {
        onLoop(receiver::roomAgain);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!closing) {
            receiver.drain();
        }
        end("the connection was lost");
        receiver.release();
        String reason = String.valueOf(closeReason);
        if (inbox != null) {
            inbox.end(reason, discard);
        }
        owner.closed(this, reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException broken) {
            if (stage == Stage.TLS && !closing) {
                offend(Penalty.BEFORE_IDENTITY, "no TLS 1.3 between nodes: " + broken.getMessage(), true);
            } else {
                finish("broken TLS: " + broken.getMessage());
            }
        } else if (cause instanceof IOException) {
            finish("the connection broke: " + cause.getMessage());
        } else {
            fail(cause);
        }
    }

    private void fail(Throwable defect) {
        LOG.error("a defect ends the connection to {}", channel.remoteAddress(), defect);
        finish("internal error: " + defect);
    }
}
