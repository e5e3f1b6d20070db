package synod.chain;

/** Carries a {@link Rejection} out of code that returns something else. It has no stack trace: it is no defect. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    /** Carries this refusal. */
    public RejectedException(Rejection rejection) {
        super(rejection.toString(), null, false, false);
        this.rejection = rejection;
    }

    /** Carries a new refusal. */
    public RejectedException(Reason reason, String detail) {
        this(new Rejection(reason, detail));
    }

    /** The refusal. */
    public Rejection rejection() {
        return rejection;
    }
}
