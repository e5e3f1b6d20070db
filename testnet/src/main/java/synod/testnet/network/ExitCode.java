package synod.testnet.network;

/** What the process returns to the shell; the same numbers in every {@code synod} command. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILURE = 1;
    public static final int USAGE = 2;

    /** There is no network, or no node answers. */
    public static final int UNREACHABLE = 5;

    /** The person typed Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
