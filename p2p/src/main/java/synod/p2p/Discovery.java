package synod.p2p;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import synod.p2p.policy.AddressGroup;
import synod.p2p.policy.Backoff;

/**
 * Whom to dial: kept addresses, peers from the table until there are enough, and now and then a probe. Safe for use by
 * several threads; the time is an argument of every method.
 *
 * <p>Of the peers found through the table at most one is dialled in each wide address group, so that nobody with one
 * range holds all our connections; local addresses are exempt.
 */
final class Discovery {
    private static final int MAX_OWN_ADDRESSES = 64;

    private final PeerNetworkConfig config;
    private final RandomGenerator random;
    private final PeerTable table;
    private final DialSchedule schedule;
    private final Map<String, Dial> underWay = new TreeMap<>();
    private final Set<PeerAddress> own = new HashSet<>();
    private long nextFeelerMillis;

    /**
     * What there is at a moment.
     *
     * @param connected ids of connected peers
     * @param endpoints where they listen
     * @param outboundGroups wide groups of those that we dialled
     * @param outbound how many we dialled
     */
    record View(Set<NodeId> connected, Set<PeerAddress> endpoints, Set<AddressGroup> outboundGroups, int outbound) {}

    Discovery(PeerNetworkConfig config, PeerTable table, RandomGenerator random, long nowMillis) {
        this.config = config;
        this.table = table;
        this.random = random;
        PeerNetworkConfig.Timeouts timeouts = config.timeouts();
        this.schedule = new DialSchedule(
                new Backoff(timeouts.redialFirstMillis(), timeouts.redialCapMillis()), timeouts.stableMillis());
        this.nextFeelerMillis = nowMillis + timeouts.feelerMillis();
        config.staticPeers().forEach(schedule::keep);
    }

    synchronized void keep(PeerAddress address) {
        schedule.keep(address);
    }

    synchronized boolean isKept(NodeId peer) {
        return schedule.isKept(peer);
    }

    /** The dials to begin now. Each must be answered by {@link #ended}, {@link #failed} or their like. */
    synchronized List<Dial> due(View view, long nowMillis) {
        List<Dial> dials = new ArrayList<>();
        for (PeerAddress address : schedule.dueKept(nowMillis, view.connected::contains)) {
            begin(new Dial(address, Dial.Purpose.KEPT), dials);
        }
        long wanted = config.targetOutbound()
                - view.outbound
                - underWay.values().stream().filter(dial -> !dial.isProbe()).count();
        for (; wanted > 0; wanted--) {
            Optional<PeerAddress> found =
                    table.select(address -> isEligible(address, view, nowMillis) && isDiverse(address, view), random);
            if (found.isEmpty()) {
                break;
            }
            begin(new Dial(found.get(), Dial.Purpose.DISCOVERED), dials);
        }
        if (nowMillis >= nextFeelerMillis) {
            nextFeelerMillis = nowMillis + config.timeouts().feelerMillis();
            probe(view, nowMillis).ifPresent(address -> begin(new Dial(address, Dial.Purpose.PROBE), dials));
        }
        return dials;
    }

    private Optional<PeerAddress> probe(View view, long nowMillis) {
        Optional<PeerAddress> challenged = table.challenged();
        if (challenged.filter(view.endpoints::contains).isPresent()) {
            table.met(challenged.get(), literal(challenged.get()), nowMillis);
            challenged = Optional.empty();
        }
        return challenged
                .filter(address -> schedule.isFree(address, nowMillis))
                .or(() -> table.selectNew(address -> isEligible(address, view, nowMillis), random));
    }

    private void begin(Dial dial, List<Dial> dials) {
        schedule.started(dial.address());
        underWay.put(key(dial), dial);
        dials.add(dial);
    }

    private static String key(Dial dial) {
        return dial.address().endpoint().toString();
    }

    private boolean isEligible(PeerAddress address, View view, long nowMillis) {
        return !view.endpoints.contains(address)
                && !own.contains(address)
                && AddressGroup.isUsable(literal(address), config.allowLocalAddresses())
                && schedule.isFree(address, nowMillis);
    }

    private boolean isDiverse(PeerAddress address, View view) {
        InetAddress ip = literal(address);
        if (AddressGroup.isLocal(ip)) {
            return true;
        }
        AddressGroup group = AddressGroup.wide(ip);
        return !view.outboundGroups.contains(group)
                && underWay.values().stream()
                        .filter(dial -> dial.purpose() == Dial.Purpose.DISCOVERED)
                        .noneMatch(dial ->
                                AddressGroup.wide(literal(dial.address())).equals(group));
    }

    /** A dial found a fitting node; the connection or probe goes on. */
    synchronized void met(Dial dial, NodeId peer, InetAddress at, long nowMillis) {
        underWay.remove(key(dial));
        schedule.met(dial.address(), peer);
        if (AddressGroup.isUsable(at, config.allowLocalAddresses())) {
            table.met(PeerAddress.of(at, dial.address().port()), at, nowMillis);
        }
    }

    /** A connection that we dialled has ended. */
    synchronized void ended(Dial dial, long lastedMillis, long nowMillis) {
        underWay.remove(key(dial));
        schedule.ended(dial.address(), lastedMillis, nowMillis, random);
    }

    /** A probe found what it was sent for, or a dial met a connected peer. */
    synchronized void superfluous(Dial dial, Optional<NodeId> peer, long nowMillis) {
        underWay.remove(key(dial));
        peer.ifPresent(id -> schedule.met(dial.address(), id));
        schedule.superfluous(dial.address(), nowMillis);
    }

    /** A dial came to nothing. */
    synchronized void failed(Dial dial, boolean hopeless, long nowMillis) {
        underWay.remove(key(dial));
        schedule.failed(dial.address(), hopeless, nowMillis, random);
        table.failed(dial.address(), nowMillis);
    }

    /** A dial found a node that has no room: nothing against its address. */
    synchronized void full(Dial dial, long nowMillis) {
        underWay.remove(key(dial));
        schedule.failed(dial.address(), false, nowMillis, random);
    }

    /** A dial met this node itself. */
    synchronized void metSelf(Dial dial, long nowMillis) {
        failed(dial, true, nowMillis);
        table.remove(dial.address());
        if (own.size() < MAX_OWN_ADDRESSES) {
            own.add(dial.address().endpoint());
        }
    }

    /** Somebody told us of addresses; those that cannot be are left out. */
    synchronized void learn(List<PeerAddress> addresses, InetAddress source, long nowMillis) {
        for (PeerAddress address : addresses) {
            if (!own.contains(address) && AddressGroup.isUsable(literal(address), config.allowLocalAddresses())) {
                table.add(address, source, nowMillis);
            }
        }
    }

    /** What to tell somebody who asks: a sample, and our own address if we advertise one. */
    synchronized PeersMessage tell(int ownPort, long nowMillis) {
        List<PeerAddress> told = new ArrayList<>();
        config.advertisedHost().ifPresent(host -> told.add(PeerAddress.of(host, ownPort)));
        told.addAll(table.sample(PeersMessage.MAX_ADDRESSES - told.size(), nowMillis, random));
        return new PeersMessage(told);
    }

    /** The table as it is, for keeping it. */
    synchronized PeerFile snapshot(Discipline discipline) {
        return new PeerFile(
                table.secret(), table.entries(), discipline.rememberedNodes(), discipline.rememberedGroups());
    }

    private static InetAddress literal(PeerAddress address) {
        return address.literal()
                .orElseThrow(() -> new IllegalStateException(address + " came into the peer table without an IP"));
    }
}
