package synod.node.stratum;

/**
 * What a server has seen since it started.
 *
 * @param miners connections now
 * @param acceptedShares shares that counted
 * @param refused requests that were refused, whatever the reason
 * @param blocks blocks that miners found
 */
public record StratumStatus(int miners, long acceptedShares, long refused, long blocks) {}
