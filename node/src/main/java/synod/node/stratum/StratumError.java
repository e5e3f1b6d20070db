package synod.node.stratum;

/** Why a request was refused: the codes that miners know. */
enum StratumError {
    OTHER(20),
    /** No such job, or not any more. */
    STALE(21),
    DUPLICATE(22),
    LOW_DIFFICULTY(23),
    UNAUTHORIZED(24),
    NOT_SUBSCRIBED(25);

    private final int code;

    StratumError(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
