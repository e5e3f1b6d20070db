package synod.node.rpc.jsonrpc;

/** Hears how calls ended, for metrics. */
@FunctionalInterface
public interface CallObserver {
    /**
     * A call has ended.
     *
     * @param method the method's name, or {@code unknown}: never text from outside
     * @param outcome {@code ok} or an {@link ErrorCode#label}
     */
    void ended(String method, String outcome, long nanos);
}
