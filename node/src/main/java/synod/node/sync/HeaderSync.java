package synod.node.sync;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.crypto.Hash;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage.GetHeaders;
import synod.node.wire.WireMessage.Headers;
import synod.p2p.NodeId;

/**
 * Learns headers: asks one peer at a time for what follows the adopted branch, and takes the announcements of all.
 *
 * <p>A header is kept only when it passes the engine's rules, so filling memory costs an attacker as much work as the
 * chain itself; and no more are asked for while {@code full} says that enough wait for their bodies.
 */
public final class HeaderSync {
    private static final long ANSWER_MILLIS = 5_000;
    private static final int MIN_PARTIAL_ANSWER = 32;
    private static final String TIMER = "header-sync";

    private final Outbox out;
    private final SyncedChain chain;
    private final BlockFetch blocks;
    private final BooleanSupplier full;
    private final Map<NodeId, Long> bestHeights = new TreeMap<>();
    private final SequencedSet<NodeId> toAsk = new LinkedHashSet<>();
    private @Nullable NodeId asked;
    private @Nullable Hash resumeAfter;
    private long deadlineMillis;

    /** Header synchronisation that hands what lacks a body to the fetcher. */
    public HeaderSync(Outbox out, SyncedChain chain, BlockFetch blocks, BooleanSupplier full) {
        this.out = out;
        this.chain = chain;
        this.blocks = blocks;
        this.full = full;
    }

    /** A peer came: it will be asked what it has. */
    public void connected(NodeId peer, long nowMillis) {
        bestHeights.put(peer, 0L);
        toAsk.add(peer);
        askNext(nowMillis);
    }

    /** A peer went. */
    public void disconnected(NodeId peer, long nowMillis) {
        bestHeights.remove(peer);
        toAsk.remove(peer);
        if (peer.equals(asked)) {
            finish(nowMillis);
        }
    }

    /**
     * A peer sent headers: an answer, or news of its head.
     *
     * @param nextBlock whether this is one header that follows the head, whose block is worth fetching in compact form
     */
    public void onHeaders(NodeId from, Headers message, boolean nextBlock, long nowMillis) {
        boolean answer = from.equals(asked);
        List<SealedHeader> headers = message.headers();
        if (!headers.isEmpty()
                && chain.tree().node(headers.getFirst().header().parent()).isEmpty()) {
            // news that does not connect: ask for what lies between
            if (!answer) {
                toAsk.add(from);
                askNext(nowMillis);
            }
            return;
        }
        for (SealedHeader header : headers) {
            Optional<Rejection> rejection = chain.offerHeader(header, nowMillis);
            if (rejection.isPresent()) {
                punishFor(from, rejection.get());
                if (answer) {
                    finish(nowMillis);
                }
                return;
            }
            long height = header.header().height();
            bestHeights.merge(from, height, Math::max);
            blocks.has(from, height);
            Hash id = header.header().id();
            if (chain.lacksBody(id)) {
                blocks.want(id, height, from);
                if (nextBlock) {
                    blocks.preferCompact(id);
                }
            }
        }
        blocks.request(nowMillis);
        if (!answer) {
            return;
        }
        if (message.last() || headers.size() < MIN_PARTIAL_ANSWER) {
            finish(nowMillis);
        } else {
            resumeAfter = headers.getLast().header().id();
            ask(from, nowMillis);
        }
    }

    /** Bodies arrived; there may be room for more headers. */
    public void onRoom(long nowMillis) {
        if (asked != null && resumeAfter != null && deadlineMillis == Long.MAX_VALUE && !full.getAsBoolean()) {
            ask(asked, nowMillis);
        }
    }

    /** The timer of this machine ran out: the peer asked did not answer. */
    public boolean onTimer(String timer, long nowMillis) {
        if (!timer.equals(TIMER)) {
            return false;
        }
        if (asked != null && deadlineMillis <= nowMillis) {
            out.add(new Output.Punish(asked, 10, "no answer to a request for headers in " + ANSWER_MILLIS + " ms"));
            finish(nowMillis);
        }
        return true;
    }

    /** The highest header that any connected peer showed. */
    public long bestKnownHeight() {
        return bestHeights.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The highest header that this peer showed. */
    public long bestHeight(NodeId peer) {
        return bestHeights.getOrDefault(peer, 0L);
    }

    /** Whether a peer is being asked. */
    public boolean isAsking() {
        return asked != null;
    }

    private void askNext(long nowMillis) {
        if (asked == null && !toAsk.isEmpty()) {
            resumeAfter = null;
            ask(toAsk.removeFirst(), nowMillis);
        }
    }

    private void ask(NodeId peer, long nowMillis) {
        asked = peer;
        if (resumeAfter != null && full.getAsBoolean()) {
            deadlineMillis = Long.MAX_VALUE;
            return;
        }
        List<Hash> locator = resumeAfter == null ? chain.locator() : List.of(resumeAfter);
        out.add(new Output.Send(peer, new GetHeaders(locator)));
        deadlineMillis = nowMillis + ANSWER_MILLIS;
        out.add(new Output.SetTimer(TIMER, deadlineMillis));
    }

    private void finish(long nowMillis) {
        asked = null;
        resumeAfter = null;
        askNext(nowMillis);
    }

    private void punishFor(NodeId peer, Rejection rejection) {
        // a clock that differs is no attack
        if (rejection.reason() != Reason.TIME_TOO_LATE) {
            out.add(new Output.Punish(peer, 100, "a header that breaks the rules, " + rejection));
        }
    }
}
