package synod.testnet.proof;

/** What was to be shown is not so; the message says what was seen instead. */
public final class ProofFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What does not hold. */
    public ProofFailure(String message) {
        super(message);
    }
}
