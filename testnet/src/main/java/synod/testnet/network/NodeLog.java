package synod.testnet.network;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a node printed, from all its runs. */
public final class NodeLog {
    /** So much is read from the end when lines are asked for. */
    private static final long TAIL_BYTES = 1 << 20;

    private final Path file;
    private long position;

    /** A log that has not been read; {@link #newLines} begins with the first. */
    public NodeLog(NodeDirectory node) {
        this.file = node.log();
    }

    /** Lets {@link #newLines} begin with what is printed from now on. */
    public NodeLog skipToEnd() {
        position = size();
        return this;
    }

    /** The last lines of what has not been read, at most so many; they count as read. */
    public List<String> lastLines(int count) {
        position = Math.max(position, size() - TAIL_BYTES);
        byte[] bytes = unread();
        position += bytes.length;
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** The lines that were finished since the last reading. */
    public List<String> newLines() {
        byte[] bytes = unread();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        position += length;
        return new String(bytes, 0, length, StandardCharsets.UTF_8).lines().toList();
    }

    private byte[] unread() {
        long size = size();
        if (size < position) {
            // put aside at a start of the node, and begun anew
            position = 0;
        }
        if (size == position) {
            return new byte[0];
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(size - position, TAIL_BYTES)];
            in.seek(position);
            in.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw TestnetDirectory.unusable(file, e);
        }
    }

    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw TestnetDirectory.unusable(file, e);
        }
    }
}
