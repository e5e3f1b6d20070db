package synod.consensus.pbft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import synod.chain.codec.ByteString;
import synod.consensus.Action;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * Plays a script of commands on a few members and writes down what each does. The letters between them are delivered in the
 * order in which they were sent, when the script says so.
 *
 * <p>Commands: {@code members N} · {@code start} · {@code work A B …} (a transaction reaches these) · {@code sync A …}
 * (their disks) · {@code deliver} (all letters under way; with {@code all}: until none is, syncing disks) · {@code lose
 * KIND …} and {@code lose nothing} (from now on) · {@code cut A …} (nothing reaches or leaves these) · {@code fire A
 * TIMER} · {@code crash A …} · {@code restart A …}.
 */
final class Transcript {
    private final List<String> lines = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();
    private final TreeMap<Hash, String> names = new TreeMap<>();
    private final TreeMap<Integer, Integer> shown = new TreeMap<>();
    private List<PbftMessage.Kind> lost = List.of();
    private List<Integer> cut = List.of();
    private @Nullable TestChain chain;
    private List<TestNode> nodes = List.of();

    private record Letter(int from, int to, Optional<PbftMessage> message) {}

    /** The script with its answers, written anew. Lines of an earlier answer are indented and left out. */
    static String play(List<String> script) {
        Transcript transcript = new Transcript();
        for (String line : script) {
            if (line.startsWith(" ")) {
                continue;
            }
            transcript.lines.add(line);
            if (!line.isBlank() && !line.startsWith("#")) {
                transcript.command(line.split(" "));
            }
        }
        return String.join("\n", transcript.lines) + "\n";
    }

    private void command(String... words) {
        switch (words[0]) {
            case "members" -> found(Integer.parseInt(words[1]));
            case "start" -> nodes.forEach(TestNode::start);
            case "work" -> nodes(words).forEach(TestNode::workArrives);
            case "sync" -> nodes(words).forEach(TestNode::sync);
            case "deliver" -> deliver(words.length > 1);
            case "lose" ->
                lost = Arrays.stream(words)
                        .skip(1)
                        .filter(word -> !word.equals("nothing"))
                        .map(word -> PbftMessage.Kind.valueOf(
                                word.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toList();
            case "cut" ->
                cut = Arrays.stream(words).skip(1).map(Integer::valueOf).toList();
            case "fire" -> nodes.get(Integer.parseInt(words[1])).fire(words[2]);
            case "crash" -> nodes(words).forEach(TestNode::crash);
            case "restart" -> nodes(words).forEach(TestNode::start);
            default -> throw new IllegalArgumentException("no command: " + words[0]);
        }
        show();
    }

    private void found(int size) {
        TestChain made = new TestChain(size);
        chain = made;
        nodes = IntStream.range(0, size)
                .mapToObj(number -> new TestNode(made, number))
                .toList();
        names.put(made.genesis.id(), "genesis");
    }

    private List<TestNode> nodes(String... words) {
        return Arrays.stream(words)
                .skip(1)
                .map(word -> nodes.get(Integer.parseInt(word)))
                .toList();
    }

    private void deliver(boolean all) {
        do {
            List<Letter> batch = List.copyOf(letters);
            letters.clear();
            batch.forEach(this::deliver);
            if (all) {
                nodes.forEach(TestNode::sync);
            }
            show();
        } while (all && !letters.isEmpty());
    }

    private void deliver(Letter letter) {
        TestNode to = nodes.get(letter.to());
        if (letter.message().isPresent()) {
            to.receive(letter.message().get());
            return;
        }
        TestChain.Tree tree = nodes.get(letter.from()).tree;
        for (long height = to.tree.head().height() + 1; height <= tree.head().height(); height++) {
            to.synchronise(tree.block(height));
        }
    }

    /** Writes down what was done since the last time, and posts what was said. */
    private void show() {
        for (TestNode node : nodes) {
            int from = shown.getOrDefault(node.number, 0);
            node.done.stream().skip(from).map(this::text).forEach(text -> lines.add("  " + node.number + " " + text));
            shown.put(node.number, node.done.size());
            node.takeSent().forEach(sent -> post(node, sent));
        }
    }

    private void post(TestNode from, TestNode.Sent sent) {
        boolean isLost =
                sent.message().filter(message -> lost.contains(message.kind())).isPresent();
        nodes.stream()
                .filter(peer -> !isLost && peer != from && !cut.contains(from.number) && !cut.contains(peer.number))
                .filter(peer -> sent.to().map(peer.key()::equals).orElse(true))
                .forEach(peer -> letters.add(new Letter(from.number, peer.number, sent.message())));
    }

    private String text(Action action) {
        return switch (action) {
            case Action.Persist(var entries, var then) ->
                "persists "
                        + entries.stream().map(entry -> key(entry.key())).toList()
                        + then.stream()
                                .map(this::text)
                                .map(text -> ", then " + text)
                                .collect(Collectors.joining());
            case Action.Send(var to, var message) -> "sends to " + number(to) + ": " + text((PbftMessage) message);
            case Action.Broadcast(var message) -> "says: " + text((PbftMessage) message);
            case Action.Announce(var to) -> "tells " + number(to) + " of the head";
            case Action.StartTimer(var timer, var delayMillis) -> "starts " + timer + " of " + delayMillis + " ms";
            case Action.CancelTimer(var timer) -> "stops " + timer;
            case Action.BuildBlock build ->
                "builds on " + name(build.parent()) + ", empty in " + (build.emptyAtMillis() - TestChain.T0) + " ms";
            case Action.Validate(var block) -> "validates " + name(block.id());
            case Action.Decide(var block) -> "decides " + name(block.block().id());
            case Action.Adopt(var block) -> "adopts " + name(block);
            case Action.Finalize(var block) -> "finalizes " + name(block);
            case Action.Mine(var block) -> "mines " + name(block.id());
            case Action.Publish(var block) -> "publishes " + name(block.block().id());
            case Action.Submit(var transaction) -> "submits " + transaction.value();
        };
    }

    private String text(PbftMessage message) {
        return switch (message) {
            case PrePrepare(var vote, var _) -> text("pre-prepare", vote);
            case Prepare(var vote) -> text("prepare", vote);
            case Commit(var vote) -> text("commit", vote);
            case ViewChange change ->
                "view-change to " + change.newView() + " at height " + change.height()
                        + change.prepared()
                                .map(proof -> ", prepared " + name(proof.block()) + " in view " + proof.view() + " by "
                                        + number(proof.prePrepare().voter())
                                        + proof.prepares().stream()
                                                .map(prepare -> number(prepare.voter()))
                                                .toList())
                                .orElse("");
            case NewView view ->
                "new-view " + view.view() + " by "
                        + view.viewChanges().stream()
                                .map(change -> number(change.sender()))
                                .toList();
            case BlockRequest request -> "block-request " + name(request.block());
            case BlockReply(var block) -> "block-reply " + name(block.id());
            case Status status -> "status, height " + status.height();
        };
    }

    private String text(String kind, Vote vote) {
        return kind + " " + name(vote.ballot().block()) + " in view "
                + vote.ballot().view() + " at height " + vote.ballot().height();
    }

    private String name(Hash block) {
        return names.computeIfAbsent(block, _ -> String.valueOf((char) ('a' + names.size() - 1)));
    }

    private int number(PublicKey key) {
        return chain == null ? -1 : chain.members.number(key).orElse(-1);
    }

    private static String key(ByteString key) {
        return new String(key.bytes(), StandardCharsets.US_ASCII).replaceAll("evidence/.*", "evidence");
    }
}
