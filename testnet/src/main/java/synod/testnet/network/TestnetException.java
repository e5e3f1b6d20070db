package synod.testnet.network;

/** Ends a command with a sentence for the person who typed it, and an exit code. It is no defect. */
public final class TestnetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public TestnetException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public TestnetException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What was asked for could not be done. */
    public static TestnetException failure(String message) {
        return new TestnetException(ExitCode.FAILURE, message);
    }

    /** What was asked for could not be done, because the machine refused something. */
    public static TestnetException failure(String message, Throwable cause) {
        return new TestnetException(ExitCode.FAILURE, message, cause);
    }

    /** The command was typed wrongly, or lacks something. */
    public static TestnetException usage(String message) {
        return new TestnetException(ExitCode.USAGE, message);
    }

    /** There is no network, or none of its nodes answers. */
    public static TestnetException unreachable(String message) {
        return new TestnetException(ExitCode.UNREACHABLE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
