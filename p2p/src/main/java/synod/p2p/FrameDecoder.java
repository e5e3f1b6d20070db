package synod.p2p;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a byte stream into frames. A header is checked as soon as it is whole; memory for a payload then grows with the
 * bytes that arrive, at most twice as far, so that a promised length alone costs nothing.
 */
final class FrameDecoder {
    private static final int FIRST_CHUNK_BYTES = 8192;

    private final FrameLimits limits;
    private final byte[] header = new byte[Frame.HEADER_BYTES];
    private int headerFilled;
    private int kind;
    private int length;
    private byte[] payload = new byte[0];
    private int payloadFilled;

    FrameDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads on, at most to the end of one frame.
     *
     * @throws MalformedFrameException if the header announces what may not come; the stream is then of no further use
     */
    Optional<Frame> read(ByteBuf in) throws MalformedFrameException {
        if (headerFilled < header.length) {
            int count = Math.min(in.readableBytes(), header.length - headerFilled);
            in.readBytes(header, headerFilled, count);
            headerFilled += count;
            if (headerFilled < header.length) {
                return Optional.empty();
            }
            checkHeader();
        }
        int count = Math.min(in.readableBytes(), length - payloadFilled);
        reserve(payloadFilled + count);
        in.readBytes(payload, payloadFilled, count);
        payloadFilled += count;
        if (payloadFilled < length) {
            return Optional.empty();
        }
        Frame frame = new Frame(kind, payload.length == length ? payload : Arrays.copyOf(payload, length));
        headerFilled = 0;
        payload = new byte[0];
        return Optional.of(frame);
    }

    private void checkHeader() throws MalformedFrameException {
        kind = header[4] & 0xff;
        length = (header[0] & 0xff) << 24 | (header[1] & 0xff) << 16 | (header[2] & 0xff) << 8 | header[3] & 0xff;
        int limit = limits.maxBytes(kind);
        if (limit <= 0) {
            throw new MalformedFrameException(Penalty.UNKNOWN_KIND, "a frame of unknown kind " + kind);
        }
        if (length < 0 || length > limit) {
            throw new MalformedFrameException(
                    Penalty.OVERSIZE,
                    "a frame of kind " + kind + " with " + Integer.toUnsignedString(length) + " bytes, more than "
                            + limit);
        }
        payloadFilled = 0;
    }

    private void reserve(int bytes) {
        if (bytes > payload.length) {
            long doubled = Math.max(FIRST_CHUNK_BYTES, Math.max(bytes, 2L * payload.length));
            payload = Arrays.copyOf(payload, (int) Math.min(length, doubled));
        }
    }

    /** Whether a frame was begun and is not whole. */
    boolean midFrame() {
        return headerFilled > 0;
    }

    /** Bytes that the begun frame's payload will have; 0 while the header is not whole. */
    int expectedBytes() {
        return headerFilled == header.length ? length : 0;
    }

    /** Bytes of memory held for the begun frame's payload. */
    int reservedBytes() {
        return payload.length;
    }
}
