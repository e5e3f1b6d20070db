package synod.node.rpc;

/**
 * The bounds of the interface.
 *
 * @param maxConnections open at once; one more is told so and closed
 * @param maxBodyBytes of an HTTP request
 * @param maxMessageBytes of a WebSocket message; less, because a message is held while it comes in
 * @param maxHeaderBytes of all headers of a request
 * @param maxBatch requests in one message
 * @param maxAnswerBytes of the answer to one message
 * @param maxBufferedBytes of all requests and answers held at once
 * @param maxInFlight messages worked on at once, over all connections
 * @param maxInFlightPerConnection messages of one WebSocket connection worked on at once; over HTTP it is always one
 * @param maxSubscriptions of one connection
 * @param maxUnsentBytes notifications that may wait for one connection's reader
 * @param idleMillis a connection without a request, and a WebSocket connection without a sign of life, ends after this
 * @param requestMillis for a request to arrive completely
 * @param callMillis for the work on one message
 * @param answerMillis for the client to take an answer
 */
public record RpcLimits(
        int maxConnections,
        int maxBodyBytes,
        int maxMessageBytes,
        int maxHeaderBytes,
        int maxBatch,
        int maxAnswerBytes,
        long maxBufferedBytes,
        int maxInFlight,
        int maxInFlightPerConnection,
        int maxSubscriptions,
        int maxUnsentBytes,
        long idleMillis,
        long requestMillis,
        long callMillis,
        long answerMillis) {
    /** What a node uses. */
    public static final RpcLimits DEFAULT = new RpcLimits(
            256, 2 << 20, 256 << 10, 8 << 10, 100, 16 << 20, 48L << 20, 128, 16, 8, 1 << 20, 60_000, 10_000, 10_000,
            30_000);
}
