package synod.wallet;

/** What the process returns to the shell; the same numbers in every {@code synod} command. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    /** The network, or a check before it, refused the transaction. */
    static final int REJECTED = 3;

    /** Submitted, but not final enough before the time ran out. */
    static final int NOT_FINAL = 4;

    /** No node answered. */
    static final int UNREACHABLE = 5;

    private ExitCode() {}
}
