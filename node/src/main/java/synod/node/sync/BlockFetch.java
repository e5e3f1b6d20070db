package synod.node.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.crypto.Hash;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.WireMessage.GetBlocks;
import synod.node.wire.WireMessage.GetCompactBlock;
import synod.p2p.NodeId;

/**
 * Fetches the bodies of known headers, in the order in which the headers came, from all peers that should have them. A
 * request that is not answered in time goes to another peer.
 *
 * <p>What is on its way is bounded by an estimate of its size, so a network with large blocks takes no more memory here
 * than one with small blocks.
 */
public final class BlockFetch {
    /** Most headers whose bodies may be waited for. */
    public static final int MAX_WANTED = 16_384;

    private static final long ANSWER_MILLIS = 8_000;
    private static final int MAX_PER_PEER = 64;
    private static final int MAX_PER_REQUEST = 16;
    private static final int MAX_IN_FLIGHT = 512;
    private static final int MIN_IN_FLIGHT = 8;
    private static final long MAX_BYTES_IN_FLIGHT = 24L << 20;
    private static final int SLOW_PEER_POINTS = 5;
    private static final String TIMER = "block-fetch";

    private final Outbox out;
    private final Map<NodeId, Peer> peers = new TreeMap<>();
    private final Map<Hash, Want> wanted = new LinkedHashMap<>();
    private int inFlight;
    private long averageBytes = 64 << 10;
    private boolean timerSet;

    private static final class Peer {
        long bestHeight;
        int inFlight;
    }

    private static final class Want {
        final long height;
        final Set<NodeId> lacking = new TreeSet<>();
        boolean compactFirst;

        @Nullable
        NodeId announcer;

        @Nullable
        NodeId asked;

        long deadlineMillis;

        Want(long height, NodeId announcer) {
            this.height = height;
            this.announcer = announcer;
        }
    }

    /** A fetcher that has nothing to fetch. */
    public BlockFetch(Outbox out) {
        this.out = out;
    }

    /** A peer came. */
    public void connected(NodeId peer) {
        peers.put(peer, new Peer());
    }

    /** A peer went: what it was asked for is asked of others. */
    public void disconnected(NodeId id, long nowMillis) {
        peers.remove(id);
        for (Want want : wanted.values()) {
            want.lacking.remove(id);
            if (id.equals(want.announcer)) {
                want.announcer = null;
            }
            if (id.equals(want.asked)) {
                want.asked = null;
                inFlight--;
            }
        }
        request(nowMillis);
    }

    /** A peer showed a header of this height, so it should have the bodies up to there. */
    void has(NodeId id, long height) {
        Peer peer = peers.get(id);
        if (peer != null) {
            peer.bestHeight = Math.max(peer.bestHeight, height);
        }
    }

    /** A body is wanted; {@link #request} asks for it. */
    void want(Hash id, long height, NodeId announcer) {
        if (wanted.size() < MAX_WANTED) {
            wanted.computeIfAbsent(id, _ -> new Want(height, announcer)).lacking.remove(announcer);
        }
    }

    /** Try this block, whose parent is here, in compact form first. */
    public void preferCompact(Hash id) {
        Optional.ofNullable(wanted.get(id)).ifPresent(want -> want.compactFirst = true);
    }

    /** Whether this body is wanted. */
    public boolean wants(Hash id) {
        return wanted.containsKey(id);
    }

    /** Whether the fetcher has as many wishes as it may. */
    public boolean isFull() {
        return wanted.size() >= MAX_WANTED / 2;
    }

    /** How many bodies are waited for. */
    public int count() {
        return wanted.size();
    }

    /** A body arrived; false if nobody wanted it. */
    public boolean arrived(Hash id, int bytes, long nowMillis) {
        Want want = wanted.remove(id);
        if (want == null) {
            return false;
        }
        release(want);
        averageBytes = (averageBytes * 15 + bytes) / 16;
        if (inFlight <= limit() / 2) {
            request(nowMillis);
        }
        return true;
    }

    /** A body will never be wanted again. */
    public void drop(Hash id) {
        Want want = wanted.remove(id);
        if (want != null) {
            release(want);
        }
    }

    /** A peer does not have these bodies, or not in the form asked for: ask others, or for the whole block. */
    public void notFound(NodeId from, List<Hash> ids, long nowMillis) {
        for (Hash id : ids) {
            Want want = wanted.get(id);
            if (want != null && from.equals(want.asked)) {
                release(want);
                want.lacking.add(from);
            }
        }
        request(nowMillis);
    }

    /** The compact form could not be made whole: ask the same peer for the whole block. */
    public void compactFailed(Hash id, long nowMillis) {
        Want want = wanted.get(id);
        if (want != null) {
            release(want);
            want.compactFirst = false;
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
            if (want.asked != null && want.deadlineMillis <= nowMillis) {
                slow.add(want.asked);
                want.lacking.add(want.asked);
                want.compactFirst = false;
                release(want);
            }
        }
        slow.forEach(peer -> out.add(new Output.Punish(
                peer, SLOW_PEER_POINTS, "no answer to a request for blocks in " + ANSWER_MILLIS + " ms")));
        // a peer that was late once may be the only one that has it
        wanted.values().stream()
                .filter(want -> want.asked == null && want.lacking.containsAll(peers.keySet()))
                .forEach(want -> want.lacking.clear());
        request(nowMillis);
        return true;
    }

    /** Asks for as much as may be on its way. */
    public void request(long nowMillis) {
        Map<NodeId, List<Hash>> requests = new TreeMap<>();
        int limit = limit();
        for (Map.Entry<Hash, Want> entry : wanted.entrySet()) {
            if (inFlight >= limit) {
                break;
            }
            Want want = entry.getValue();
            if (want.asked != null) {
                continue;
            }
            Optional<NodeId> chosen = choose(want);
            if (chosen.isEmpty()) {
                continue;
            }
            NodeId peer = chosen.get();
            Optional.ofNullable(peers.get(peer)).ifPresent(asked -> asked.inFlight++);
            want.asked = peer;
            want.deadlineMillis = nowMillis + ANSWER_MILLIS;
            inFlight++;
            if (want.compactFirst) {
                out.add(new Output.Send(peer, new GetCompactBlock(entry.getKey())));
            } else {
                requests.computeIfAbsent(peer, _ -> new ArrayList<>()).add(entry.getKey());
            }
        }
        requests.forEach((peer, ids) -> {
            for (int start = 0; start < ids.size(); start += MAX_PER_REQUEST) {
                int end = Math.min(ids.size(), start + MAX_PER_REQUEST);
                out.add(new Output.Send(peer, new GetBlocks(ids.subList(start, end))));
            }
        });
        if (!wanted.isEmpty() && !timerSet) {
            timerSet = true;
            out.add(new Output.SetTimer(TIMER, nowMillis + ANSWER_MILLIS / 4));
        }
    }

    private Optional<NodeId> choose(Want want) {
        NodeId announcer = want.announcer;
        if (announcer != null
                && want.compactFirst
                && peers.containsKey(announcer)
                && !want.lacking.contains(announcer)) {
            return Optional.of(announcer);
        }
        return peers.entrySet().stream()
                .filter(peer -> peer.getValue().bestHeight >= want.height
                        && peer.getValue().inFlight < MAX_PER_PEER
                        && !want.lacking.contains(peer.getKey()))
                .min(Comparator.comparingInt(peer -> peer.getValue().inFlight))
                .map(Map.Entry::getKey);
    }

    private int limit() {
        return Math.clamp(MAX_BYTES_IN_FLIGHT / Math.max(averageBytes, 1), MIN_IN_FLIGHT, MAX_IN_FLIGHT);
    }

    private void release(Want want) {
        if (want.asked != null) {
            Optional.ofNullable(peers.get(want.asked)).ifPresent(peer -> peer.inFlight--);
            want.asked = null;
            inFlight--;
        }
    }
}
