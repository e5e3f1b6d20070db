package synod.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.tree.BlockNode;
import synod.crypto.Hash;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.node.wire.WireMessage.GetHeaders;
import synod.node.wire.WireMessage.Headers;
import synod.p2p.NodeId;

/**
 * Learns headers: asks one peer at a time, each for one message of them and then the next peer, and takes the
 * announcements of all. So no peer, however long its branch, keeps the node from hearing of another's.
 *
 * <p>A header is kept only when it passes the engine's rules. A peer is asked on as long as each answer leads further than
 * the one before and the fetcher does not wait for too many of its bodies. Bodies are fetched of branches that can win
 * only, so a flood of headers that cost little work takes a bounded place in the tree, and none on the disk.
 */
public final class HeaderSync {
    private static final long ANSWER_MILLIS = 5_000;
    private static final int SILENCE_POINTS = 10;
    private static final int BROKEN_RULE_POINTS = 100;
    private static final String TIMER = "header-sync";

    private final Outbox out;
    private final SyncedChain chain;
    private final BlockFetch blocks;
    private final Map<NodeId, Peer> peers = new TreeMap<>();
    private final SequencedSet<NodeId> toAsk = new LinkedHashSet<>();
    private @Nullable NodeId asked;
    private long deadlineMillis;

    private static final class Peer {
        /** The highest header that it showed of a branch worth fetching. */
        long bestHeight;

        /** The highest header that it showed of any branch since it was asked from the start. */
        long shownHeight;

        /** The last header that it showed, if it has more. */
        @Nullable
        Hash resumeAfter;

        /** Whether it has more, and is asked again when the fetcher has caught up with it. */
        boolean parked;
    }

    /** Header synchronisation that hands what lacks a body to the fetcher. */
    public HeaderSync(Outbox out, SyncedChain chain, BlockFetch blocks) {
        this.out = out;
        this.chain = chain;
        this.blocks = blocks;
    }

    /** A peer came: it will be asked what it has. */
    public void connected(NodeId id, long nowMillis) {
        peers.put(id, new Peer());
        toAsk.add(id);
        askNext(nowMillis);
    }

    /** A peer went. */
    public void disconnected(NodeId id, long nowMillis) {
        peers.remove(id);
        toAsk.remove(id);
        if (id.equals(asked)) {
            finish(nowMillis);
        }
    }

    /**
     * A peer sent headers: an answer, or news of its head.
     *
     * @param nextBlock whether this is one header that follows the head, whose block is worth fetching in compact form
     */
    public void onHeaders(NodeId from, Headers message, boolean nextBlock, long nowMillis) {
        Peer peer = peers.get(from);
        if (peer == null) {
            return;
        }
        if (!message.headers().isEmpty()) {
            take(from, peer, message, nextBlock, nowMillis);
        }
        if (from.equals(asked)) {
            finish(nowMillis);
        } else {
            askNext(nowMillis);
        }
    }

    private void take(NodeId from, Peer peer, Headers message, boolean nextBlock, long nowMillis) {
        if (chain.tree().node(message.headers().getFirst().header().parent()).isEmpty()) {
            // news that does not connect: ask for what lies between; what was to be gone on from may be forgotten here
            if (!from.equals(asked) || peer.resumeAfter != null) {
                toAsk.add(from);
            }
            peer.resumeAfter = null;
            return;
        }
        Optional<BlockNode> last = add(from, message.headers(), nowMillis);
        if (last.isEmpty()) {
            return;
        }
        Hash tip = last.get().id();
        long height = last.get().height();
        if (chain.isWorthFetching(tip)) {
            peer.bestHeight = Math.max(peer.bestHeight, height);
            blocks.shown(from, tip);
            if (nextBlock) {
                blocks.preferCompact(tip, from);
            }
            blocks.request(nowMillis);
        }
        boolean further = height > peer.shownHeight;
        peer.shownHeight = Math.max(peer.shownHeight, height);
        if (message.last()
                || !further
                || !tip.equals(message.headers().getLast().header().id())) {
            peer.resumeAfter = null;
        } else {
            peer.resumeAfter = tip;
            goOnWith(from, peer);
        }
    }

    /** Adds headers to the tree, and gives the last that is in it; empty if none is. */
    private Optional<BlockNode> add(NodeId from, List<SealedHeader> headers, long nowMillis) {
        Optional<BlockNode> last = Optional.empty();
        for (SealedHeader header : headers) {
            Optional<Rejection> rejection = chain.offerHeader(header, nowMillis);
            if (rejection.isPresent()) {
                punishFor(from, rejection.get());
                break;
            }
            Optional<BlockNode> node = chain.tree().node(header.header().id());
            if (node.isEmpty()) {
                // no room: no fault of the peer's, and what follows would have no parent here
                break;
            }
            last = node;
        }
        return last;
    }

    private void goOnWith(NodeId id, Peer peer) {
        peer.parked = blocks.hasEnoughOf(id);
        if (!peer.parked) {
            toAsk.add(id);
        }
    }

    /** Bodies arrived; there may be room for more headers. */
    public void onRoom(long nowMillis) {
        peers.forEach((id, peer) -> {
            if (peer.parked) {
                goOnWith(id, peer);
            }
        });
        askNext(nowMillis);
    }

    /** The timer of this machine ran out: the peer asked did not answer. */
    public boolean onTimer(String timer, long nowMillis) {
        if (!timer.equals(TIMER)) {
            return false;
        }
        if (asked != null && deadlineMillis <= nowMillis) {
            out.add(new Output.Punish(
                    asked, SILENCE_POINTS, "no answer to a request for headers in " + ANSWER_MILLIS + " ms"));
            finish(nowMillis);
        }
        return true;
    }

    /** The highest header that any connected peer showed of a branch worth fetching. */
    public long bestKnownHeight() {
        return peers.values().stream().mapToLong(peer -> peer.bestHeight).max().orElse(0);
    }

    /** The highest header that this peer showed of a branch worth fetching. */
    public long bestHeight(NodeId id) {
        Peer peer = peers.get(id);
        return peer == null ? 0 : peer.bestHeight;
    }

    /** Whether a peer is being asked. */
    public boolean isAsking() {
        return asked != null;
    }

    private void askNext(long nowMillis) {
        if (asked != null || toAsk.isEmpty()) {
            return;
        }
        asked = toAsk.removeFirst();
        Peer peer = Objects.requireNonNull(peers.get(asked));
        List<Hash> locator = new ArrayList<>();
        if (peer.resumeAfter != null) {
            locator.add(peer.resumeAfter);
        } else {
            peer.shownHeight = 0;
        }
        locator.addAll(chain.locator());
        out.add(new Output.Send(
                asked, new GetHeaders(locator.subList(0, Math.min(locator.size(), WireMessage.MAX_LOCATOR)))));
        deadlineMillis = nowMillis + ANSWER_MILLIS;
        out.add(new Output.SetTimer(TIMER, deadlineMillis));
    }

    private void finish(long nowMillis) {
        asked = null;
        askNext(nowMillis);
    }

    private void punishFor(NodeId peer, Rejection rejection) {
        // a clock that differs is no attack
        if (rejection.reason() != Reason.TIME_TOO_LATE) {
            out.add(new Output.Punish(peer, BROKEN_RULE_POINTS, "a header that breaks the rules, " + rejection));
        }
    }
}
