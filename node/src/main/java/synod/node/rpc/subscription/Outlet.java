package synod.node.rpc.subscription;

/** Where a subscription's notifications go. Safe for use by many threads; no method waits. */
public interface Outlet {
    /** Queues a notification; closes the connection with a reason if its reader is too slow for it. */
    void send(String notification);

    /** Closes the connection because events were lost or the server stops. */
    void end(String reason);
}
