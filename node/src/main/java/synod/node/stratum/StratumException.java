package synod.node.stratum;

/** A request that is refused, with a reason for the miner's log. */
final class StratumException extends Exception {
    private static final long serialVersionUID = 1L;

    private final StratumError error;

    StratumException(StratumError error, String reason) {
        super(reason);
        this.error = error;
    }

    StratumError error() {
        return error;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
