package synod.chain.state;

import synod.chain.codec.ByteString;
import synod.crypto.Address;

/**
 * What a new block's header says that does not follow from its parent and its transactions.
 *
 * @param proposer who receives the reward
 * @param timeMillis milliseconds since 1970-01-01 UTC
 * @param bits compact form of the target, zero under engines that do not mine
 * @param engineField what the engine adds
 */
public record BlockTemplate(Address proposer, long timeMillis, int bits, ByteString engineField) {}
