package synod.node.gossip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import synod.chain.transaction.Transaction;
import synod.consensus.Buffer;
import synod.crypto.Hash;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.node.wire.WireMessage.GetTransactions;
import synod.node.wire.WireMessage.HaveTransactions;
import synod.node.wire.WireMessage.Transactions;
import synod.p2p.NodeId;

/**
 * Spreads transactions: ids are announced to every peer that is not known to have them, the first at once and what
 * follows it closely gathered for a few milliseconds; a peer that lacks one asks one announcer at a time and turns to the
 * next when no answer comes.
 */
public final class TransactionRelay {
    /** The least time between two announcements to a peer. */
    public static final long GATHER_MILLIS = 10;

    private static final long ANSWER_MILLIS = 2_000;
    private static final int MAX_KNOWN_PER_PEER = 20_000;
    private static final int MAX_QUEUED_PER_PEER = 20_000;
    private static final int MAX_WANTED = 50_000;
    private static final int MAX_WANTED_PER_PEER = 10_000;
    private static final int MAX_ANNOUNCERS = 4;
    private static final int MAX_REFUSED = 20_000;
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final String TIMER = "transaction-relay";

    private final Outbox out;
    private final Function<Hash, Optional<Transaction>> mempool;
    private final Predicate<Hash> included;
    private final Map<NodeId, Peer> peers = new TreeMap<>();
    private final Map<Hash, Wanted> wanted = new LinkedHashMap<>();
    private final RecentIds refused = new RecentIds(MAX_REFUSED);
    private long timerAtMillis = Long.MAX_VALUE;

    /** When gathered announcements may go out next. */
    private long announceAtMillis = Long.MIN_VALUE;

    private static final class Peer {
        final RecentIds known = new RecentIds(MAX_KNOWN_PER_PEER);
        final LinkedHashSet<Hash> toAnnounce = new LinkedHashSet<>();
        int wanted;
    }

    private static final class Wanted {
        final Deque<NodeId> otherAnnouncers = new ArrayDeque<>();
        NodeId asked;
        long deadlineMillis;

        Wanted(NodeId asked, long deadlineMillis) {
            this.asked = asked;
            this.deadlineMillis = deadlineMillis;
        }
    }

    /**
     * A relay.
     *
     * @param mempool finds a waiting transaction
     * @param included whether a transaction stands on the adopted branch
     */
    public TransactionRelay(Outbox out, Function<Hash, Optional<Transaction>> mempool, Predicate<Hash> included) {
        this.out = out;
        this.mempool = mempool;
        this.included = included;
    }

    /** How full the list of transactions is that peers were asked for. */
    public Buffer buffer() {
        return new Buffer(
                "transactions asked for", wanted.size(), MAX_WANTED + (long) MAX_WANTED_PER_PEER * peers.size());
    }

    /** A peer came: it hears of everything that waits here. */
    public void connected(NodeId id, List<Transaction> waiting, long nowMillis) {
        Peer peer = new Peer();
        peers.put(id, peer);
        waiting.stream().limit(MAX_QUEUED_PER_PEER).forEach(transaction -> peer.toAnnounce.add(transaction.id()));
        if (!peer.toAnnounce.isEmpty()) {
            announceSoon(nowMillis);
        }
    }

    /** A peer went: what it was asked for is asked of others. */
    public void disconnected(NodeId id, long nowMillis) {
        peers.remove(id);
        List<Hash> orphaned = new ArrayList<>();
        wanted.forEach((hash, want) -> {
            want.otherAnnouncers.remove(id);
            if (want.asked.equals(id)) {
                orphaned.add(hash);
            }
        });
        askOthers(orphaned, nowMillis);
    }

    /** A transaction has begun to wait here; every peer but those that are known to have it will hear of it. */
    public void announce(Hash id, long nowMillis) {
        for (Peer peer : peers.values()) {
            if (!peer.known.contains(id) && peer.toAnnounce.size() < MAX_QUEUED_PER_PEER) {
                peer.toAnnounce.add(id);
            }
        }
        announceSoon(nowMillis);
    }

    /** Tells all peers again of everything that waits here, also of what they should know. */
    public void reannounce(List<Transaction> waiting, long nowMillis) {
        peers.values().forEach(peer -> peer.known.clear());
        waiting.forEach(transaction -> announce(transaction.id(), nowMillis));
    }

    /** A transaction was refused: it is not asked for again until the head moves. */
    public void refused(Hash id) {
        refused.add(id);
    }

    /** The head moved: what was refused may be welcome now. */
    public void headChanged() {
        refused.clear();
    }

    /** A peer has transactions. */
    public void onHave(NodeId from, List<Hash> ids, long nowMillis) {
        Peer peer = peers.get(from);
        if (peer == null) {
            return;
        }
        List<Hash> request = new ArrayList<>();
        for (Hash id : ids) {
            peer.known.add(id);
            Wanted want = wanted.get(id);
            if (want != null) {
                if (want.otherAnnouncers.size() < MAX_ANNOUNCERS
                        && !want.asked.equals(from)
                        && !want.otherAnnouncers.contains(from)) {
                    want.otherAnnouncers.add(from);
                }
            } else if (mayWantFrom(peer)
                    && !refused.contains(id)
                    && mempool.apply(id).isEmpty()
                    && !included.test(id)) {
                wanted.put(id, new Wanted(from, nowMillis + ANSWER_MILLIS));
                peer.wanted++;
                request.add(id);
            }
        }
        if (!request.isEmpty()) {
            out.add(new Output.Send(from, new GetTransactions(request)));
            setTimer(nowMillis + ANSWER_MILLIS);
        }
    }

    /** When peers have announced more than may be wanted, each still has its fair part: none can crowd out the others. */
    private boolean mayWantFrom(Peer peer) {
        return peer.wanted < MAX_WANTED_PER_PEER
                && (wanted.size() < MAX_WANTED || peer.wanted < MAX_WANTED / peers.size());
    }

    /** A peer asks for transactions. */
    public void onGet(NodeId from, List<Hash> ids) {
        List<Transaction> answer = new ArrayList<>();
        int bytes = 0;
        for (Hash id : new LinkedHashSet<>(ids)) {
            Optional<Transaction> transaction = mempool.apply(id);
            if (transaction.isPresent()) {
                if (bytes + transaction.get().size() > MAX_ANSWER_BYTES) {
                    out.add(new Output.Send(from, new Transactions(answer)));
                    answer = new ArrayList<>();
                    bytes = 0;
                }
                answer.add(transaction.get());
                bytes += transaction.get().size();
            }
        }
        if (!answer.isEmpty()) {
            out.add(new Output.Send(from, new Transactions(answer)));
        }
    }

    /** A peer sent transactions; returns those that it was asked for. */
    public List<Transaction> onTransactions(NodeId from, List<Transaction> transactions) {
        List<Transaction> expected = new ArrayList<>();
        Peer peer = peers.get(from);
        for (Transaction transaction : transactions) {
            Wanted want = wanted.get(transaction.id());
            if (peer != null) {
                peer.known.add(transaction.id());
            }
            if (want != null && (want.asked.equals(from) || want.otherAnnouncers.contains(from))) {
                forget(transaction.id(), want);
                expected.add(transaction);
            }
        }
        return expected;
    }

    /** The relay's timer ran out: announce what was gathered, and ask others for what did not come. */
    public boolean onTimer(String timer, long nowMillis) {
        if (!timer.equals(TIMER)) {
            return false;
        }
        timerAtMillis = Long.MAX_VALUE;
        announceSoon(nowMillis);
        List<Hash> late = new ArrayList<>();
        wanted.forEach((hash, want) -> {
            if (want.deadlineMillis <= nowMillis) {
                late.add(hash);
            }
        });
        askOthers(late, nowMillis);
        if (!wanted.isEmpty()) {
            setTimer(nowMillis + ANSWER_MILLIS / 4);
        }
        return true;
    }

    /** Announces what was gathered, now or when the last announcement is long enough ago. */
    private void announceSoon(long nowMillis) {
        boolean clockWentBack = announceAtMillis - nowMillis > GATHER_MILLIS;
        if (nowMillis < announceAtMillis && !clockWentBack) {
            setTimer(announceAtMillis);
            return;
        }
        boolean announced = false;
        for (Map.Entry<NodeId, Peer> peer : peers.entrySet()) {
            announced |= announceGathered(peer.getKey(), peer.getValue());
        }
        if (announced) {
            announceAtMillis = nowMillis + GATHER_MILLIS;
        }
    }

    /** False if there was nothing to announce to this peer. */
    private boolean announceGathered(NodeId id, Peer peer) {
        List<Hash> news = new ArrayList<>();
        for (Hash hash : peer.toAnnounce) {
            // it may have left the mempool meanwhile, or the peer may have announced it itself
            if (mempool.apply(hash).isPresent() && peer.known.add(hash)) {
                news.add(hash);
            }
        }
        peer.toAnnounce.clear();
        inMessages(news, batch -> out.add(new Output.Send(id, new HaveTransactions(batch))));
        return !news.isEmpty();
    }

    private static void inMessages(List<Hash> ids, Consumer<List<Hash>> message) {
        for (int start = 0; start < ids.size(); start += WireMessage.MAX_TRANSACTIONS) {
            int end = Math.min(ids.size(), start + WireMessage.MAX_TRANSACTIONS);
            message.accept(ids.subList(start, end));
        }
    }

    private void askOthers(List<Hash> ids, long nowMillis) {
        Map<NodeId, List<Hash>> requests = new TreeMap<>();
        for (Hash id : ids) {
            Wanted want = wanted.get(id);
            if (want == null) {
                continue;
            }
            NodeId next = want.otherAnnouncers.poll();
            if (next == null) {
                forget(id, want);
                continue;
            }
            moveCount(want.asked, next);
            want.asked = next;
            want.deadlineMillis = nowMillis + ANSWER_MILLIS;
            requests.computeIfAbsent(next, _ -> new ArrayList<>()).add(id);
        }
        requests.forEach((peer, hashes) ->
                inMessages(hashes, batch -> out.add(new Output.Send(peer, new GetTransactions(batch)))));
    }

    private void moveCount(NodeId from, NodeId to) {
        Optional.ofNullable(peers.get(from)).ifPresent(peer -> peer.wanted--);
        Optional.ofNullable(peers.get(to)).ifPresent(peer -> peer.wanted++);
    }

    private void forget(Hash id, Wanted want) {
        wanted.remove(id);
        Optional.ofNullable(peers.get(want.asked)).ifPresent(peer -> peer.wanted--);
    }

    private void setTimer(long atMillis) {
        if (atMillis < timerAtMillis) {
            timerAtMillis = atMillis;
            out.add(new Output.SetTimer(TIMER, atMillis));
        }
    }
}
