package synod.node.mining;

/** A Stratum server does not take the user. */
public final class UnauthorizedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnauthorizedException(String message) {
        super(message);
    }
}
