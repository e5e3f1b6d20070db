package synod.wallet;

/** Ends a command with a sentence for the person who typed it, and an {@link ExitCode}. It is no defect. */
final class WalletException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    WalletException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    WalletException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** A failure without a number of its own. */
    static WalletException failure(String message) {
        return new WalletException(ExitCode.FAILURE, message);
    }

    /** The command was typed wrongly, or lacks something. */
    static WalletException usage(String message) {
        return new WalletException(ExitCode.USAGE, message);
    }

    /** The transaction is refused. */
    static WalletException rejected(String message) {
        return new WalletException(ExitCode.REJECTED, message);
    }

    int exitCode() {
        return exitCode;
    }

    /** Never null: there is always a sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
