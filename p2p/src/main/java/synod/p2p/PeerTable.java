package synod.p2p;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.p2p.policy.AddressGroup;

/**
 * Addresses of peers, in buckets that an attacker with one address range cannot fill; after Heilman, Kendler, Zohar and
 * Goldberg, "Eclipse Attacks on Bitcoin's Peer-to-Peer Network" (2015), sections 2.2 and 7.
 *
 * <p>Addresses only heard of are <i>new</i>: the bucket follows from the group of the address and the group of who told
 * it, and one teller's group reaches {@value #NEW_PER_SOURCE} of {@value #NEW_BUCKETS} buckets. Addresses where we met
 * a fitting node are <i>tried</i>: one address group reaches {@value #TRIED_PER_GROUP} of {@value #TRIED_BUCKETS}
 * buckets. The choice is keyed with a secret. A full new bucket gives way only for addresses that proved bad; in a full
 * tried bucket a fixed victim is tested first and gives way only if it is gone (test before evict). Selection picks the
 * bucket before the address, so that many addresses in few buckets weigh little.
 *
 * <p>Pure: the time and randomness are arguments. Not safe for use by several threads.
 */
final class PeerTable {
    static final int NEW_BUCKETS = 256;
    static final int NEW_PER_SOURCE = 16;
    static final int TRIED_BUCKETS = 64;
    static final int TRIED_PER_GROUP = 4;
    static final int BUCKET_SIZE = 32;
    private static final int MAX_CHALLENGES = 16;
    private static final int FAILURES_WHEN_NEVER_MET = 3;
    private static final int FAILURES_WHEN_ONCE_MET = 10;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long STALE_MILLIS = 30 * 24 * HOUR_MILLIS;
    private static final long LATELY_MET_MILLIS = 7 * 24 * HOUR_MILLIS;
    /** A tried address met within this span is not even tested for a newcomer's sake. */
    private static final long SAFE_MILLIS = 4 * HOUR_MILLIS;

    /**
     * One address.
     *
     * @param source the IP address of who told it
     * @param heardMillis when we last heard of it or met it
     * @param metMillis when we last met a fitting node there, 0 for never
     * @param failures dials in a row that came to nothing
     */
    record Entry(
            PeerAddress endpoint, InetAddress source, boolean tried, long heardMillis, long metMillis, int failures) {
        private boolean isBad(long nowMillis) {
            return nowMillis - heardMillis > STALE_MILLIS
                    || (metMillis == 0 && failures >= FAILURES_WHEN_NEVER_MET)
                    || (nowMillis - metMillis > LATELY_MET_MILLIS && failures >= FAILURES_WHEN_ONCE_MET);
        }
    }

    private final byte[] secret;
    private final Map<PeerAddress, Entry> entries = new LinkedHashMap<>();
    private final List<List<PeerAddress>> newBuckets = emptyBuckets(NEW_BUCKETS);
    private final List<List<PeerAddress>> triedBuckets = emptyBuckets(TRIED_BUCKETS);
    /** Tried addresses under test, each with the newcomer that wants its place. */
    private final Map<PeerAddress, PeerAddress> challenges = new LinkedHashMap<>();

    /** An empty table; the secret decides the buckets and must not be known to others. */
    PeerTable(Hash secret) {
        this.secret = secret.bytes();
    }

    private static List<List<PeerAddress>> emptyBuckets(int count) {
        List<List<PeerAddress>> buckets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            buckets.add(new ArrayList<>());
        }
        return buckets;
    }

    /**
     * Takes in an address that somebody told.
     *
     * @param address an IP literal; a pin is dropped
     * @return whether it is in the table now
     */
    boolean add(PeerAddress address, InetAddress source, long nowMillis) {
        PeerAddress endpoint = address.endpoint();
        Entry known = entries.get(endpoint);
        if (known != null) {
            entries.put(
                    endpoint,
                    new Entry(endpoint, known.source, known.tried, nowMillis, known.metMillis, known.failures));
            return true;
        }
        return addNew(new Entry(endpoint, source, false, nowMillis, 0, 0), nowMillis);
    }

    private boolean addNew(Entry entry, long nowMillis) {
        List<PeerAddress> bucket = newBuckets.get(newBucket(entry.endpoint, entry.source));
        if (bucket.size() >= BUCKET_SIZE) {
            Optional<PeerAddress> bad =
                    bucket.stream().filter(a -> entry(a).isBad(nowMillis)).findFirst();
            if (bad.isEmpty()) {
                return false;
            }
            remove(bad.get());
        }
        bucket.add(entry.endpoint);
        entries.put(entry.endpoint, entry);
        return true;
    }

    /** Forgets an address. */
    void remove(PeerAddress address) {
        Entry entry = entries.remove(address.endpoint());
        if (entry != null) {
            bucketOf(entry).remove(entry.endpoint);
            challenges.remove(entry.endpoint);
            challenges.values().remove(entry.endpoint);
        }
    }

    /** A dial met a fitting node. */
    void met(PeerAddress address, InetAddress source, long nowMillis) {
        PeerAddress endpoint = address.endpoint();
        challenges.remove(endpoint);
        Entry known = entries.get(endpoint);
        boolean tried = known != null && known.tried;
        Entry met = new Entry(endpoint, known == null ? source : known.source, tried, nowMillis, nowMillis, 0);
        if (tried) {
            entries.put(endpoint, met);
            return;
        }
        List<PeerAddress> bucket = triedBuckets.get(triedBucket(endpoint));
        if (bucket.size() < BUCKET_SIZE) {
            remove(endpoint);
            putTried(bucket, met);
            return;
        }
        if (known == null) {
            addNew(met, nowMillis);
        } else {
            entries.put(endpoint, met);
        }
        PeerAddress victim = bucket.get(number(Integer.MAX_VALUE, "victim", endpoint.toString()) % bucket.size());
        if (nowMillis - entry(victim).metMillis > SAFE_MILLIS
                && entries.containsKey(endpoint)
                && challenges.size() < MAX_CHALLENGES) {
            challenges.putIfAbsent(victim, endpoint);
        }
    }

    private void putTried(List<PeerAddress> bucket, Entry entry) {
        bucket.add(entry.endpoint);
        entries.put(
                entry.endpoint,
                new Entry(entry.endpoint, entry.source, true, entry.heardMillis, entry.metMillis, entry.failures));
    }

    /** A dial came to nothing. */
    void failed(PeerAddress address, long nowMillis) {
        PeerAddress endpoint = address.endpoint();
        Entry known = entries.get(endpoint);
        if (known == null) {
            return;
        }
        Entry failed =
                new Entry(endpoint, known.source, known.tried, known.heardMillis, known.metMillis, known.failures + 1);
        entries.put(endpoint, failed);
        PeerAddress challenger = challenges.remove(endpoint);
        if (challenger != null) {
            Entry successor = entry(challenger);
            List<PeerAddress> bucket = bucketOf(failed);
            remove(endpoint);
            remove(challenger);
            putTried(bucket, successor);
            addNew(
                    new Entry(endpoint, failed.source, false, failed.heardMillis, failed.metMillis, failed.failures),
                    nowMillis);
        }
    }

    /** A tried address whose place another one wants: it should be probed. */
    Optional<PeerAddress> challenged() {
        return challenges.keySet().stream().findFirst();
    }

    /** An address to connect to: a new or a tried one with equal chances, then a bucket, then an address in it. */
    Optional<PeerAddress> select(Predicate<PeerAddress> eligible, RandomGenerator random) {
        boolean triedFirst = random.nextBoolean();
        Optional<PeerAddress> first = selectFrom(triedFirst ? triedBuckets : newBuckets, eligible, random);
        return first.isPresent() ? first : selectFrom(triedFirst ? newBuckets : triedBuckets, eligible, random);
    }

    /** An address never met, to be probed. */
    Optional<PeerAddress> selectNew(Predicate<PeerAddress> eligible, RandomGenerator random) {
        return selectFrom(newBuckets, eligible, random);
    }

    private static Optional<PeerAddress> selectFrom(
            List<List<PeerAddress>> buckets, Predicate<PeerAddress> eligible, RandomGenerator random) {
        List<List<PeerAddress>> candidates = new ArrayList<>();
        for (List<PeerAddress> bucket : buckets) {
            List<PeerAddress> candidate = bucket.stream().filter(eligible).toList();
            if (!candidate.isEmpty()) {
                candidates.add(candidate);
            }
        }
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        List<PeerAddress> bucket = candidates.get(random.nextInt(candidates.size()));
        return Optional.of(bucket.get(random.nextInt(bucket.size())));
    }

    /**
     * Addresses to tell others: a random part, so that nobody reads the whole table at once. All that did not prove bad
     * while they are few, else at most 23 in a hundred.
     */
    List<PeerAddress> sample(int max, long nowMillis, RandomGenerator random) {
        List<PeerAddress> good = new ArrayList<>();
        entries.forEach((endpoint, entry) -> {
            if (!entry.isBad(nowMillis)) {
                good.add(endpoint);
            }
        });
        Collections.shuffle(good, java.util.Random.from(random));
        int count = Math.min(max, Math.max(BUCKET_SIZE, good.size() * 23 / 100));
        return List.copyOf(good.subList(0, Math.min(count, good.size())));
    }

    /** All addresses, oldest first. */
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Takes in an entry from an earlier run, if its bucket has room. */
    void restore(Entry entry) {
        List<PeerAddress> bucket = bucketOf(entry);
        if (!entries.containsKey(entry.endpoint) && bucket.size() < BUCKET_SIZE) {
            bucket.add(entry.endpoint);
            entries.put(entry.endpoint, entry);
        }
    }

    Hash secret() {
        return Hash.of(secret);
    }

    private Entry entry(PeerAddress endpoint) {
        Entry entry = entries.get(endpoint);
        if (entry == null) {
            throw new IllegalStateException("a bucket or challenge holds " + endpoint + ", which is not in the table");
        }
        return entry;
    }

    private List<PeerAddress> bucketOf(Entry entry) {
        return entry.tried
                ? triedBuckets.get(triedBucket(entry.endpoint))
                : newBuckets.get(newBucket(entry.endpoint, entry.source));
    }

    private int newBucket(PeerAddress endpoint, InetAddress source) {
        String sourceGroup = AddressGroup.wide(source).cidr();
        int choice = number(NEW_PER_SOURCE, "choice", group(endpoint), sourceGroup);
        return number(NEW_BUCKETS, "new", sourceGroup, Integer.toString(choice));
    }

    private int triedBucket(PeerAddress endpoint) {
        int choice = number(TRIED_PER_GROUP, "choice", endpoint.toString());
        return number(TRIED_BUCKETS, "tried", group(endpoint), Integer.toString(choice));
    }

    /** The group that addresses are spread by. On loopback each port is a group: a local net is nobody's attack. */
    private static String group(PeerAddress endpoint) {
        InetAddress address = endpoint.literal()
                .orElseThrow(() -> new IllegalArgumentException("the peer table holds IP addresses, not " + endpoint));
        return address.isLoopbackAddress()
                ? endpoint.toString()
                : AddressGroup.wide(address).cidr();
    }

    private int number(int bound, String... parts) {
        byte[] digest = Sha256.hash(secret, String.join("|", parts).getBytes(StandardCharsets.UTF_8))
                .bytes();
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | digest[i] & 0xff;
        }
        return (int) Long.remainderUnsigned(value, bound);
    }
}
