package synod.p2p;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last frame of a connection: why it is closed.
 *
 * @param code for the dialler to act on
 * @param text for people: at most {@value #MAX_TEXT} printable ASCII characters, the rest is cut
 */
record Goodbye(Code code, String text) {
    static final int MAX_TEXT = 255;
    static final int MAX_BYTES = 1 + MAX_TEXT;

    /** Why a connection is closed. The order is the number on the wire. */
    enum Code {
        /** The node stops, or its operator wants so. */
        LEAVING,
        /** The two cannot talk: the text names the field. */
        MISMATCH,
        /** A connection to oneself. */
        SELF,
        /** Another connection to the same peer stays. */
        DUPLICATE,
        /** No room. */
        FULL,
        /** Banned. */
        BANNED,
        /** Misbehaviour. */
        MISBEHAVED,
        /** Nothing heard in time. */
        TIMEOUT
    }

    Goodbye {
        StringBuilder clean = new StringBuilder();
        text.chars().limit(MAX_TEXT).forEach(c -> clean.append(c >= ' ' && c <= '~' ? (char) c : '?'));
        text = clean.toString();
    }

    Frame toFrame() {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[1 + bytes.length];
        payload[0] = (byte) code.ordinal();
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        return new Frame(ControlKind.GOODBYE.number(), payload);
    }

    /** Reads any payload: codes of later versions count as {@link Code#LEAVING}, odd characters are replaced. */
    static Goodbye decode(byte[] payload) {
        Code[] codes = Code.values();
        int number = payload.length == 0 ? 0 : payload[0] & 0xff;
        byte[] text = payload.length == 0 ? payload : Arrays.copyOfRange(payload, 1, payload.length);
        return new Goodbye(
                number < codes.length ? codes[number] : Code.LEAVING, new String(text, StandardCharsets.ISO_8859_1));
    }
}
