package synod.consensus.pbft;

/** How long each view is waited for: twice as long as the one before, up to a cap, and from the base again at each height. */
record Timeouts(PbftParameters parameters) {
    private static final int MAX_DOUBLINGS = 20;

    /** The time-out in a height's view, counted from its first (OSDI §4.5.2). */
    long viewMillis(long viewsBefore) {
        return doubled(parameters.baseTimeoutMillis(), viewsBefore);
    }

    /** How long after the last time, and after how many times, messages are sent again. */
    long resendMillis(long timesBefore) {
        return doubled(Math.max(1, parameters.baseTimeoutMillis() / 2), timesBefore);
    }

    /** Without work the primary is suspected only when the heartbeat is overdue. */
    long idleMillis() {
        return parameters.heartbeatMillis() + parameters.baseTimeoutMillis();
    }

    private long doubled(long base, long times) {
        return Math.min(base << Math.min(times, MAX_DOUBLINGS), parameters.maxTimeoutMillis());
    }
}
