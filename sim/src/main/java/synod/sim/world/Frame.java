package synod.sim.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import synod.chain.RejectedException;
import synod.node.wire.MessageKind;
import synod.node.wire.WireCodec;
import synod.node.wire.WireMessage;

/** A message in its encoding, on its way. It is decoded and checked once, however many receive it. */
public final class Frame {
    private final int kind;
    private final byte[] payload;
    private final long digest;
    private @Nullable WireMessage opened;
    private @Nullable RejectedException refused;

    private Frame(int kind, byte[] payload) {
        this.kind = kind;
        this.payload = payload;
        this.digest = TraceHash.checksum(payload);
    }

    /** Encodes a message. */
    static Frame of(WireMessage message) {
        return new Frame(MessageKind.of(message).number(), WireCodec.encode(message));
    }

    /** The same frame without its end. */
    Frame truncated(int bytes) {
        return new Frame(kind, Arrays.copyOf(payload, bytes));
    }

    int size() {
        return payload.length;
    }

    /** A checksum of the payload. */
    long digest() {
        return digest;
    }

    /** What the receiver's edge makes of it. */
    WireMessage open(Edge edge) throws RejectedException {
        if (refused != null) {
            throw refused;
        }
        WireMessage message = opened;
        if (message == null) {
            try {
                message = edge.check(kind, payload);
            } catch (RejectedException e) {
                refused = e;
                throw e;
            }
            opened = message;
        }
        return message;
    }
}
