package synod.chain;

import java.math.BigInteger;
import java.util.Optional;
import synod.chain.stake.StakeRules;

/**
 * What a network's genesis fixes about blocks and money, whichever engine decides.
 *
 * @param maxBlockBytes largest encoded block, {@link #MIN_BLOCK_BYTES} to {@link Block#MAX_BYTES}
 * @param minFeePerByte lowest fee of a transaction, in units a byte of its encoding; 0 to {@link #MAX_FEE_PER_BYTE}
 * @param reward new coins in each of the first {@code halvingBlocks} blocks after genesis; fees come on top
 * @param halvingBlocks after so many blocks the reward halves; zero: never
 * @param maturityBlocks so many blocks later is the proposer's reward (new coins and fees) paid out; zero: at once
 * @param stake about stake, on networks where blocks are decided by it
 */
public record LedgerRules(
        int maxBlockBytes,
        long minFeePerByte,
        Amount reward,
        long halvingBlocks,
        int maturityBlocks,
        Optional<StakeRules> stake) {
    /** Room for the largest header and some transactions; no network may set less. */
    public static final int MIN_BLOCK_BYTES = 8 << 10;

    /** Keeps every minimum fee far below what an amount can hold. */
    public static final long MAX_FEE_PER_BYTE = Amount.UNITS_PER_COIN;

    /** Keeps the search for a proposer's unpaid rewards short. */
    public static final int MAX_MATURITY_BLOCKS = 10_000;

    /** Refuses rules outside the bounds. */
    public LedgerRules {
        require(
                maxBlockBytes >= MIN_BLOCK_BYTES && maxBlockBytes <= Block.MAX_BYTES,
                "maxBlockBytes must be " + MIN_BLOCK_BYTES + " to " + Block.MAX_BYTES + ", not " + maxBlockBytes);
        require(
                minFeePerByte >= 0 && minFeePerByte <= MAX_FEE_PER_BYTE,
                "minFeePerByte must be 0 to " + MAX_FEE_PER_BYTE + ", not " + minFeePerByte);
        require(halvingBlocks >= 0, "halvingBlocks must not be negative, but is " + halvingBlocks);
        require(
                maturityBlocks >= 0 && maturityBlocks <= MAX_MATURITY_BLOCKS,
                "maturityBlocks must be 0 to " + MAX_MATURITY_BLOCKS + ", not " + maturityBlocks);
    }

    /** Rules of a network without stake. */
    public LedgerRules(int maxBlockBytes, long minFeePerByte, Amount reward, long halvingBlocks, int maturityBlocks) {
        this(maxBlockBytes, minFeePerByte, reward, halvingBlocks, maturityBlocks, Optional.empty());
    }

    /** The same rules about blocks and money on a network where blocks are decided by stake. */
    public LedgerRules withStake(StakeRules rules) {
        return new LedgerRules(maxBlockBytes, minFeePerByte, reward, halvingBlocks, maturityBlocks, Optional.of(rules));
    }

    /** The lowest fee for a transaction of so many encoded bytes. */
    public Amount minFee(int bytes) {
        return new Amount(Math.multiplyExact(minFeePerByte, bytes));
    }

    /**
     * The new coins of the block at this height, from 1. Where they would bring the supply above what an
     * {@link Amount} holds, a block makes only what is missing to that.
     */
    public Amount newCoins(long height) {
        if (height < 1) {
            throw new IllegalArgumentException("only blocks after genesis make coins, not the one at " + height);
        }
        long halvings = halvingBlocks == 0 ? 0 : (height - 1) / halvingBlocks;
        return halvings >= Long.SIZE ? Amount.ZERO : new Amount(reward.units() >>> halvings);
    }

    /** All coins that exist after the block at this height, where so many were allocated at genesis. */
    public Amount supplyAt(long height, Amount genesisSupply) {
        BigInteger sum = BigInteger.valueOf(genesisSupply.units());
        long counted = 0;
        while (counted < height && newCoins(counted + 1).units() > 0) {
            long left = height - counted;
            long blocks = halvingBlocks == 0 ? left : Math.min(halvingBlocks, left);
            BigInteger each = BigInteger.valueOf(newCoins(counted + 1).units());
            sum = sum.add(each.multiply(BigInteger.valueOf(blocks)));
            counted += blocks;
        }
        return new Amount(sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
