package synod.chain.mempool;

/**
 * How much may wait. Transactions that this node promised to a client to keep ("local" ones) have a share of their own:
 * neither kind can take the other's room.
 *
 * @param maxCount most transactions that came from peers
 * @param maxBytes their encoded size together
 * @param maxLocalCount most transactions that local clients submitted
 * @param maxLocalBytes their encoded size together
 * @param maxPerSender most transactions of one sender, whoever brought them
 */
public record MempoolLimits(int maxCount, long maxBytes, int maxLocalCount, long maxLocalBytes, int maxPerSender) {
    /** How far a nonce may be ahead of the one that its sender needs next. */
    public static final int MAX_NONCE_GAP = 64;

    /** 50,000 transactions in 16 MiB from peers, 10,000 in 4 MiB from local clients, 1,000 of one sender. */
    public static final MempoolLimits DEFAULT = new MempoolLimits(50_000, 16 << 20, 10_000, 4 << 20, 1_000);

    /** Refuses limits that let nothing in. */
    public MempoolLimits {
        if (maxCount < 1 || maxBytes < 1 || maxLocalCount < 1 || maxLocalBytes < 1 || maxPerSender < 1) {
            throw new IllegalArgumentException("a mempool limit below 1");
        }
    }
}
