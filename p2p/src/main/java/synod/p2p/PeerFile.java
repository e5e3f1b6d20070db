package synod.p2p;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.crypto.Hash;
import synod.p2p.policy.AddressGroup;
import synod.p2p.policy.PenaltyBook;

/**
 * The peer table and the bans as lines of text, replaced as a whole: written beside the file, synced, and renamed over
 * it. The last line counts the others, so that a cut file is noticed.
 *
 * @param secret the peer table's
 */
record PeerFile(
        Hash secret,
        List<PeerTable.Entry> entries,
        List<PenaltyBook.Entry<NodeId>> nodeBans,
        List<PenaltyBook.Entry<AddressGroup>> groupBans) {
    private static final String HEADER = "synod-peers 1";
    private static final long MAX_FILE_BYTES = 16L << 20;

    /**
     * Reads a file.
     *
     * @return empty if there is none
     * @throws IOException if it cannot be read, or is damaged; the message says what is wrong
     */
    static Optional<PeerFile> load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " has " + Files.size(file) + " bytes, too many for a peer file");
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() < 3 || !lines.get(0).equals(HEADER) || !lines.getLast().equals("end " + (lines.size() - 1))) {
            throw new IOException(file + " is no whole peer file of version 1");
        }
        try {
            return Optional.of(parse(lines.subList(1, lines.size() - 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static PeerFile parse(List<String> lines) {
        List<PeerTable.Entry> entries = new ArrayList<>();
        List<PenaltyBook.Entry<NodeId>> nodeBans = new ArrayList<>();
        List<PenaltyBook.Entry<AddressGroup>> groupBans = new ArrayList<>();
        String[] secret = lines.getFirst().split(" ");
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 6);
            switch (words[0]) {
                case "new", "tried" -> entries.add(parseEntry(words));
                case "ban-node" -> nodeBans.add(parseBan(NodeId.parse(words[1]), line));
                case "ban-group" -> groupBans.add(parseBan(new AddressGroup(words[1]), line));
                default -> throw new IllegalArgumentException("a line begins with '" + words[0] + "'");
            }
        }
        return new PeerFile(Hash.parse(secret[1]), entries, nodeBans, groupBans);
    }

    private static PeerTable.Entry parseEntry(String[] words) {
        PeerAddress endpoint = PeerAddress.parse(words[1]).endpoint();
        if (endpoint.literal().isEmpty()) {
            throw new IllegalArgumentException(endpoint + " is no IP address");
        }
        return new PeerTable.Entry(
                endpoint,
                InetAddress.ofLiteral(words[2]),
                words[0].equals("tried"),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Integer.parseInt(words[5]));
    }

    private static <K> PenaltyBook.Entry<K> parseBan(K subject, String line) {
        String[] words = line.split(" ", 5);
        return new PenaltyBook.Entry<>(subject, Long.parseLong(words[2]), Integer.parseInt(words[3]), words[4]);
    }

    /**
     * Replaces the file.
     *
     * @throws IOException if it cannot be written; the old one then still stands
     */
    void save(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = Optional.ofNullable(target.getParent())
                .orElseThrow(() -> new IOException(file + " is a directory's root"));
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        lines.add("secret " + secret);
        for (PeerTable.Entry entry : entries) {
            lines.add(String.join(
                    " ",
                    entry.tried() ? "tried" : "new",
                    entry.endpoint().toString(),
                    entry.source().getHostAddress(),
                    Long.toString(entry.heardMillis()),
                    Long.toString(entry.metMillis()),
                    Integer.toString(entry.failures())));
        }
        nodeBans.forEach(ban -> lines.add(banLine("ban-node", ban)));
        groupBans.forEach(ban -> lines.add(banLine("ban-group", ban)));
        lines.add("end " + lines.size());
        return String.join("\n", lines) + "\n";
    }

    private static String banLine(String word, PenaltyBook.Entry<?> ban) {
        String reason = ban.reason().replaceAll("\\R", " ");
        return word + " " + ban.subject() + " " + ban.untilMillis() + " " + ban.offences() + " " + reason;
    }
}
