package synod.node.replica;

/**
 * How far this node is behind its peers.
 *
 * @param syncing whether blocks are being fetched
 * @param bestKnownHeight the highest header that any peer showed
 * @param activity one sentence: what is being fetched, from how many peers, or why nothing is
 */
public record SyncStatus(boolean syncing, long bestKnownHeight, String activity) {}
