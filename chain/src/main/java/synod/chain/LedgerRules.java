package synod.chain;

/**
 * What a network's genesis fixes about blocks and money, whichever engine decides.
 *
 * @param maxBlockBytes largest encoded block, at most {@link Block#MAX_BYTES}
 * @param minFeePerByte lowest fee of a transaction, in units a byte of its encoding
 * @param reward new coins in each of the first {@code halvingBlocks} blocks; fees come on top
 * @param halvingBlocks after so many blocks the reward halves; zero: never
 * @param maturityBlocks so many blocks later is the proposer's reward (new coins and fees) paid out; zero: at once
 */
public record LedgerRules(
        int maxBlockBytes, long minFeePerByte, Amount reward, long halvingBlocks, int maturityBlocks) {}
