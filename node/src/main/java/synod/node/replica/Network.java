package synod.node.replica;

import synod.chain.LedgerRules;
import synod.crypto.Hash;

/**
 * The network that a node belongs to, as its genesis file defines it.
 *
 * @param chainId the genesis block's id
 * @param addressPrefix the human-readable prefix of its addresses
 * @param development whether the public development keys are accepted
 */
public record Network(
        String name, Hash chainId, String addressPrefix, boolean development, String engine, LedgerRules rules) {}
