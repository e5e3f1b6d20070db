package synod.consensus.pbft;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import synod.chain.RejectedException;
import synod.consensus.Ballot;
import synod.consensus.Event;
import synod.consensus.Vote;
import synod.crypto.Hash;

/** Members on a network that a seed makes lossy and slow, with a check after every step that they agree. */
final class TestCluster {
    final TestChain chain;
    final List<TestNode> nodes;

    /** Members that are down. */
    final TreeSet<Integer> down = new TreeSet<>();

    private final Random random;
    private final PriorityQueue<Letter> letters =
            new PriorityQueue<>(Comparator.comparing(Letter::atMillis).thenComparing(Letter::sequence));
    private final TreeMap<Integer, Long> checkedHeights = new TreeMap<>();
    private final TreeMap<Long, Hash> decided = new TreeMap<>();
    private final TreeMap<String, Hash> signed = new TreeMap<>();

    /** Which messages get through. */
    Passage passage = (_, _, _) -> true;

    /** Of 100 letters so many are lost. */
    int lossPercent;

    /** Of 100 disks so many are not synced when it is their turn: a crash then loses what was not yet said. */
    int slowDiskPercent;

    long maxDelayMillis = 1;
    long nowMillis = TestChain.T0;
    private long sequence;

    /** Decides what gets through; an announcement of a head has no message. */
    interface Passage {
        boolean isOpen(int from, int to, Optional<PbftMessage> message);
    }

    /** A message on its way, encoded; without bytes it announces the sender's head. */
    private record Letter(long atMillis, long sequence, int from, int to, Optional<byte[]> message) {}

    TestCluster(int size, long seed) {
        chain = new TestChain(size);
        nodes = IntStream.range(0, size)
                .mapToObj(number -> new TestNode(chain, number))
                .toList();
        random = new Random(seed);
    }

    void start() {
        nodes.forEach(TestNode::start);
        settle();
    }

    void crash(int number) {
        node(number).crash();
        down.add(number);
    }

    void restart(int number) {
        down.remove(number);
        node(number).nowMillis = nowMillis;
        node(number).start();
        settle();
        nodes.stream()
                .filter(peer -> peer.number != number && !down.contains(peer.number))
                .forEach(peer -> post(peer, number, Optional.empty()));
    }

    TestNode node(int number) {
        return nodes.get(number);
    }

    /** A transaction reaches all who are up. */
    void work() {
        up().forEach(TestNode::workArrives);
        settle();
    }

    private List<TestNode> up() {
        return nodes.stream().filter(node -> !down.contains(node.number)).toList();
    }

    long lowestHeight() {
        return up().stream().mapToLong(node -> node.tree.head().height()).min().orElse(0);
    }

    long highestHeight() {
        return nodes.stream().mapToLong(node -> node.tree.head().height()).max().orElse(0);
    }

    /** Lets so much time pass. */
    void run(long millis) {
        long end = nowMillis + millis;
        while (step(end)) {
            settle();
        }
        nowMillis = end;
        nodes.forEach(node -> node.nowMillis = end);
    }

    /** Does what is due next, unless that is after the end. */
    private boolean step(long endMillis) {
        Optional<Letter> letter = Optional.ofNullable(letters.peek());
        long letterMillis = letter.map(Letter::atMillis).orElse(Long.MAX_VALUE);
        long nodeMillis = up().stream().mapToLong(TestCluster::nextMillis).min().orElse(Long.MAX_VALUE);
        long next = Math.max(nowMillis, Math.min(letterMillis, nodeMillis));
        if (Math.min(letterMillis, nodeMillis) > endMillis) {
            return false;
        }
        nowMillis = next;
        nodes.forEach(node -> node.nowMillis = next);
        if (letterMillis <= nodeMillis) {
            deliver(letters.remove());
        } else {
            up().stream()
                    .filter(node -> nextMillis(node) == nodeMillis)
                    .findFirst()
                    .ifPresent(TestCluster::wake);
        }
        return true;
    }

    private static long nextMillis(TestNode node) {
        long timer = node.timers.values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
        return Math.min(timer, node.emptyAtMillis().orElse(Long.MAX_VALUE));
    }

    private static void wake(TestNode node) {
        if (node.emptyAtMillis().filter(at -> at <= node.nowMillis).isPresent()) {
            node.buildIfDue();
            node.feed(new Event.WorkWaits(node.nowMillis));
            return;
        }
        node.timers.entrySet().stream()
                .filter(entry -> entry.getValue() <= node.nowMillis)
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(node::fire);
    }

    private void deliver(Letter letter) {
        TestNode to = node(letter.to());
        if (down.contains(to.number)) {
            return;
        }
        if (letter.message().isEmpty()) {
            TestNode from = node(letter.from());
            for (long height = to.tree.head().height() + 1;
                    height <= from.tree.head().height();
                    height++) {
                if (to.tree.head().height() < height) {
                    to.synchronise(from.tree.block(height));
                }
            }
            return;
        }
        try {
            to.receive((PbftMessage)
                    chain.consensus.verifyMessage(letter.message().get()).value());
        } catch (RejectedException e) {
            throw new IllegalStateException("an honest member's message is refused", e);
        }
    }

    /** Syncs disks, posts what was said, and checks. */
    private void settle() {
        for (TestNode node : up()) {
            if (random.nextInt(100) >= slowDiskPercent) {
                node.sync();
            }
            for (TestNode.Sent sent : node.takeSent()) {
                sent.message().ifPresent(message -> checkSigned(node, message));
                nodes.stream()
                        .filter(peer -> peer.number != node.number)
                        .filter(peer -> sent.to().map(peer.key()::equals).orElse(true))
                        .filter(peer -> passage.isOpen(node.number, peer.number, sent.message()))
                        .forEach(peer -> post(node, peer.number, sent.message().map(PbftMessage::encode)));
            }
        }
        nodes.forEach(this::checkAgreement);
    }

    /** Puts a letter on the way, or loses it. */
    private void post(TestNode from, int to, Optional<byte[]> message) {
        if (random.nextInt(100) >= lossPercent) {
            letters.add(
                    new Letter(nowMillis + 1 + random.nextLong(maxDelayMillis), sequence++, from.number, to, message));
        }
    }

    private void checkAgreement(TestNode node) {
        long head = node.tree.head().height();
        for (long height = checkedHeights.getOrDefault(node.number, 0L) + 1; height <= head; height++) {
            Hash id = node.tree.canonical(height).orElseThrow().id();
            Hash first = decided.computeIfAbsent(height, _ -> id);
            if (!first.equals(id)) {
                throw new AssertionError("two blocks are decided at height " + height);
            }
        }
        checkedHeights.put(node.number, head);
    }

    private void checkSigned(TestNode node, PbftMessage message) {
        Optional<Vote> vote = switch (message) {
            case PrePrepare(var one, var _) -> Optional.of(one);
            case Prepare(var one) -> Optional.of(one);
            case Commit(var one) -> Optional.of(one);
            default -> Optional.empty();
        };
        vote.map(Vote::ballot).ifPresent(ballot -> {
            Hash before = signed.putIfAbsent(place(node, ballot), ballot.block());
            if (before != null && !before.equals(ballot.block())) {
                throw new AssertionError("member " + node.number + " contradicted itself: " + ballot);
            }
        });
    }

    private static String place(TestNode node, Ballot ballot) {
        return node.number + "/" + ballot.kind() + "/" + ballot.height() + "/" + ballot.view();
    }
}
