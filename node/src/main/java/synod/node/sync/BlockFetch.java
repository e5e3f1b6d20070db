package synod.node.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.chain.tree.BlockNode;
import synod.chain.tree.TreeLimits;
import synod.consensus.Buffer;
import synod.crypto.Hash;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.WireMessage.GetBlocks;
import synod.node.wire.WireMessage.GetCompactBlock;
import synod.p2p.NodeId;

/**
 * Fetches the bodies of known headers, in the order in which the headers came, from the peers that showed the header or one
 * that follows it. A request that is not answered in time goes to another of them; a body that none of them has is not
 * wanted any more, and its header is forgotten.
 *
 * <p>What is on its way is bounded by an estimate of its size, so a network with large blocks takes no more memory here
 * than one with small blocks; and each peer has a fair part of it, so that silent peers cannot use up the whole.
 */
public final class BlockFetch {
    /** A peer is asked for no more headers while so many bodies of the branch that it showed are waited for. */
    public static final int ENOUGH_WANTED = 2_048;

    private static final long ANSWER_MILLIS = 8_000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final int MAX_PER_PEER = 64;
    private static final int MAX_PER_REQUEST = 16;
    private static final int MAX_IN_FLIGHT = 512;
    private static final int MIN_IN_FLIGHT = 8;
    private static final long MAX_BYTES_IN_FLIGHT = 24L << 20;
    private static final int SLOW_PEER_POINTS = 5;
    private static final String TIMER = "block-fetch";

    private final Outbox out;
    private final SyncedChain chain;
    private final Map<NodeId, Peer> peers = new TreeMap<>();
    private final Map<Hash, Want> wanted = new LinkedHashMap<>();
    private long averageBytes = 64 << 10;
    private boolean timerSet;

    private static final class Peer {
        int wanted;
        int inFlight;
        long lastDeliveryMillis;
    }

    private static final class Want {
        final Set<NodeId> holders = new TreeSet<>();
        final Set<NodeId> tried = new TreeSet<>();

        @Nullable
        NodeId compactFrom;

        @Nullable
        NodeId asked;

        long askedMillis;
    }

    /** A fetcher that has nothing to fetch. */
    public BlockFetch(Outbox out, SyncedChain chain) {
        this.out = out;
        this.chain = chain;
    }

    /** A peer came. */
    public void connected(NodeId peer) {
        peers.put(peer, new Peer());
    }

    /** A peer went: what it was asked for is asked of others. */
    public void disconnected(NodeId id, long nowMillis) {
        peers.remove(id);
        List<Hash> unobtainable = new ArrayList<>();
        wanted.forEach((hash, want) -> {
            dropHolder(id, want);
            if (want.holders.isEmpty()) {
                unobtainable.add(hash);
            }
        });
        giveUp(unobtainable);
        request(nowMillis);
    }

    /** A peer showed this header, so it has the bodies up to there: those that lack here are wanted now. */
    void shown(NodeId from, Hash tip) {
        Peer peer = peers.get(from);
        if (peer == null) {
            return;
        }
        Deque<Hash> path = new ArrayDeque<>();
        for (BlockNode node = chain.tree().node(tip).orElseThrow();
                !chain.tree().isComplete(node.id()); ) {
            Want want = wanted.get(node.id());
            if (want != null && want.holders.contains(from)) {
                break;
            }
            path.addFirst(node.id());
            node = chain.tree().node(node.header().parent()).orElseThrow();
        }
        for (Hash id : path) {
            if (chain.lacksBody(id)
                    && wanted.computeIfAbsent(id, _ -> new Want()).holders.add(from)) {
                peer.wanted++;
            }
        }
    }

    /** Try this block, whose parent is here, in compact form first, from the peer that announced it. */
    void preferCompact(Hash id, NodeId from) {
        Want want = wanted.get(id);
        if (want != null && want.asked == null && want.holders.contains(from)) {
            want.compactFrom = from;
        }
    }

    /** Whether this body is wanted. */
    public boolean wants(Hash id) {
        return wanted.containsKey(id);
    }

    /** Whether this peer was asked for this block in compact form. */
    public boolean awaitsCompact(NodeId from, Hash id) {
        Want want = wanted.get(id);
        return want != null && from.equals(want.asked) && from.equals(want.compactFrom);
    }

    /** Whether so many bodies of this peer's branch are waited for that more of its headers can wait. */
    boolean hasEnoughOf(NodeId id) {
        Peer peer = peers.get(id);
        return peer != null && peer.wanted >= ENOUGH_WANTED;
    }

    /** How many bodies are waited for. */
    public int count() {
        return wanted.size();
    }

    /** How full the list of wanted bodies is; their headers are in the tree, which bounds them. */
    public Buffer buffer() {
        return new Buffer("bodies wanted", wanted.size(), TreeLimits.DEFAULT.maxIncomplete());
    }

    /** A body arrived; false if nobody wanted it. */
    public boolean arrived(NodeId from, Hash id, int bytes, long nowMillis) {
        Want want = wanted.get(id);
        if (want == null) {
            return false;
        }
        remove(id, want);
        averageBytes = (averageBytes * 15 + bytes) / 16;
        Peer peer = peers.get(from);
        if (peer == null) {
            return true;
        }
        peer.lastDeliveryMillis = nowMillis;
        if (peer.inFlight <= share() / 2) {
            request(nowMillis);
        }
        return true;
    }

    /** This body came another way: no peer's going may take its header out of the tree any more. */
    public void obtained(Hash id) {
        Want want = wanted.get(id);
        if (want != null) {
            remove(id, want);
        }
    }

    /** A peer does not have these bodies: ask others. */
    public void notFound(NodeId from, List<Hash> ids, long nowMillis) {
        List<Hash> unobtainable = new ArrayList<>();
        for (Hash id : ids) {
            Want want = wanted.get(id);
            if (want != null && from.equals(want.asked)) {
                out.add(new Output.Punish(from, SLOW_PEER_POINTS, "it showed block " + id + " and does not have it"));
                dropHolder(from, want);
                if (want.holders.isEmpty()) {
                    unobtainable.add(id);
                }
            }
        }
        giveUp(unobtainable);
        request(nowMillis);
    }

    /** The compact form could not be made whole: ask for the whole block. */
    public void compactFailed(NodeId from, Hash id, long nowMillis) {
        Want want = wanted.get(id);
        if (want != null && from.equals(want.asked)) {
            release(want);
            want.compactFrom = null;
        }
        request(nowMillis);
    }

    /** The timer of this machine ran out: what is late is asked of others. */
    public boolean onTimer(String timer, long nowMillis) {
        if (!timer.equals(TIMER)) {
            return false;
        }
        timerSet = false;
        Set<NodeId> slow = new TreeSet<>();
        for (Want want : wanted.values()) {
            NodeId peer = want.asked;
            if (peer != null && isLate(want, peer, nowMillis)) {
                slow.add(peer);
                want.tried.add(peer);
                want.compactFrom = null;
                release(want);
                if (want.tried.containsAll(want.holders)) {
                    // a peer that was late once may be the only one that has it
                    want.tried.clear();
                }
            }
        }
        slow.forEach(peer -> out.add(new Output.Punish(
                peer, SLOW_PEER_POINTS, "no answer to a request for blocks in " + ANSWER_MILLIS + " ms")));
        request(nowMillis);
        return true;
    }

    /** A peer that delivers other blocks meanwhile is slow and not silent, up to a limit. */
    private boolean isLate(Want want, NodeId asked, long nowMillis) {
        Peer peer = peers.get(asked);
        long lastSignOfLife = peer == null ? want.askedMillis : Math.max(want.askedMillis, peer.lastDeliveryMillis);
        return nowMillis >= lastSignOfLife + ANSWER_MILLIS || nowMillis >= want.askedMillis + LONGEST_MILLIS;
    }

    /** Asks for as much as may be on its way. */
    public void request(long nowMillis) {
        Map<NodeId, List<Hash>> requests = new TreeMap<>();
        List<Hash> gone = new ArrayList<>();
        int share = share();
        for (Map.Entry<Hash, Want> entry : wanted.entrySet()) {
            if (peers.values().stream().noneMatch(peer -> peer.wanted > peer.inFlight && peer.inFlight < share)) {
                break;
            }
            Want want = entry.getValue();
            Optional<NodeId> chosen = want.asked == null ? choose(want, share) : Optional.empty();
            if (chosen.isEmpty()) {
                continue;
            }
            Hash id = entry.getKey();
            if (!chain.lacksBody(id)) {
                gone.add(id);
                continue;
            }
            NodeId peer = chosen.get();
            want.asked = peer;
            want.askedMillis = nowMillis;
            Objects.requireNonNull(peers.get(peer)).inFlight++;
            if (peer.equals(want.compactFrom)) {
                out.add(new Output.Send(peer, new GetCompactBlock(id)));
            } else {
                want.compactFrom = null;
                requests.computeIfAbsent(peer, _ -> new ArrayList<>()).add(id);
            }
        }
        // refused meanwhile, or driven out of the tree by heavier headers
        gone.forEach(id -> remove(id, Objects.requireNonNull(wanted.get(id))));
        requests.forEach(this::send);
        if (!wanted.isEmpty() && !timerSet) {
            timerSet = true;
            out.add(new Output.SetTimer(TIMER, nowMillis + ANSWER_MILLIS / 4));
        }
    }

    private void send(NodeId peer, List<Hash> ids) {
        for (int start = 0; start < ids.size(); start += MAX_PER_REQUEST) {
            int end = Math.min(ids.size(), start + MAX_PER_REQUEST);
            out.add(new Output.Send(peer, new GetBlocks(List.copyOf(ids.subList(start, end)))));
        }
    }

    private Optional<NodeId> choose(Want want, int share) {
        if (want.compactFrom != null) {
            return Optional.of(want.compactFrom);
        }
        return want.holders.stream()
                .filter(id -> !want.tried.contains(id) && inFlight(id) < share)
                .min(Comparator.comparingInt(this::inFlight));
    }

    private int inFlight(NodeId id) {
        Peer peer = peers.get(id);
        return peer == null ? Integer.MAX_VALUE : peer.inFlight;
    }

    /** How many bodies may be on their way from each peer that has some. */
    private int share() {
        long limit = Math.clamp(MAX_BYTES_IN_FLIGHT / Math.max(averageBytes, 1), MIN_IN_FLIGHT, MAX_IN_FLIGHT);
        long sharing = peers.values().stream().filter(peer -> peer.wanted > 0).count();
        return Math.clamp(limit / Math.max(sharing, 1), 1, MAX_PER_PEER);
    }

    private void dropHolder(NodeId id, Want want) {
        if (want.holders.remove(id)) {
            want.tried.remove(id);
            Optional.ofNullable(peers.get(id)).ifPresent(peer -> peer.wanted--);
        }
        if (id.equals(want.compactFrom)) {
            want.compactFrom = null;
        }
        if (id.equals(want.asked)) {
            release(want);
        }
    }

    /** Nobody has these bodies: what follows them is worth nothing either. */
    private void giveUp(List<Hash> ids) {
        if (ids.isEmpty()) {
            return;
        }
        ids.forEach(chain::forget);
        List<Hash> gone = wanted.keySet().stream()
                .filter(id -> chain.tree().node(id).isEmpty())
                .toList();
        gone.forEach(id -> remove(id, Objects.requireNonNull(wanted.get(id))));
    }

    private void remove(Hash id, Want want) {
        release(want);
        wanted.remove(id);
        want.holders.forEach(holder -> Optional.ofNullable(peers.get(holder)).ifPresent(peer -> peer.wanted--));
    }

    private void release(Want want) {
        if (want.asked != null) {
            Optional.ofNullable(peers.get(want.asked)).ifPresent(peer -> peer.inFlight--);
            want.asked = null;
        }
    }
}
