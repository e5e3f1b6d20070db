package synod.p2p;

/** A frame that no honest peer sends; the message says what is wrong with it. */
final class MalformedFrameException extends Exception {
    private final int points;

    /** One that is a mistake in a payload. */
    MalformedFrameException(String reason) {
        this(Penalty.MALFORMED, reason);
    }

    /** One that costs its sender so many points. */
    MalformedFrameException(int points, String reason) {
        super(reason, null, false, false);
        this.points = points;
    }

    int points() {
        return points;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
