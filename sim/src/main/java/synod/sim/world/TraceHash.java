package synod.sim.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.zip.CRC32C;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.node.replica.Input;

/** A digest of every input of every replica with its time, so that two runs can be compared. */
final class TraceHash {
    private final MessageDigest digest = Sha256.newDigest();
    private final ByteBuffer entry = ByteBuffer.allocate(4 * Long.BYTES);

    void add(long nowMillis, int node, Input input) {
        add(nowMillis, node, input.getClass().getSimpleName().hashCode(), content(input));
    }

    void addFrame(long nowMillis, int node, int from, Frame frame) {
        add(nowMillis, node, from, frame.digest());
    }

    private void add(long nowMillis, int node, int kind, long content) {
        entry.clear().putLong(nowMillis).putLong(node).putLong(kind).putLong(content);
        digest.update(entry.array());
    }

    private static long content(Input input) {
        return switch (input) {
            case Input.Recovered(var block, var _) -> block.block().id().hashCode();
            case Input.Started(var acknowledged, var entries) ->
                acknowledged.size() * 31L + checksum(entries.toString());
            case Input.PeerConnected(var peer) -> peer.digest().hashCode();
            case Input.PeerDisconnected(var peer) -> peer.digest().hashCode();
            case Input.Received(var from, var _) -> from.digest().hashCode();
            case Input.Submitted(var ticket, var transaction) ->
                ticket * 31 + transaction.value().id().hashCode();
            case Input.TimerExpired(var timer) -> checksum(timer);
            case Input.Durable(var ticket, var positions) -> ticket * 31 + positions.size();
            case Input.Written(var ticket) -> ticket;
            case Input.NonceFound(var block) -> block.id().hashCode();
        };
    }

    static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    private static long checksum(String text) {
        return checksum(text.getBytes(StandardCharsets.UTF_8));
    }

    Hash value() {
        try {
            return Hash.of(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the platform's digest can be cloned", e);
        }
    }
}
