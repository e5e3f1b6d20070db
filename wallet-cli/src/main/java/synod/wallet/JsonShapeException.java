package synod.wallet;

/** JSON that is malformed, or lacks a field, or has it in another kind than expected; the message says where. */
final class JsonShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonShapeException(String message) {
        super(message);
    }

    /** A value that its type refuses. */
    JsonShapeException(IllegalArgumentException refusal) {
        super(refusal.getMessage(), refusal);
    }

    /** Never null: there is always a sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
