package synod.wallet;

/** No node gave an answer; the message says which were tried, what happened, and what to do. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean delivered;

    UnreachableException(String message, boolean delivered) {
        super(message);
        this.delivered = delivered;
    }

    /** Whether a node may have taken the request although no answer came. */
    boolean possiblyDelivered() {
        return delivered;
    }

    /** Never null: there is always a sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
