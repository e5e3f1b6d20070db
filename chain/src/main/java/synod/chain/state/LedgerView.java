package synod.chain.state;

import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.crypto.Address;
import synod.crypto.Hash;

/** What may be read of the ledger as it is after its head block. */
public interface LedgerView extends AccountReader {
    /** The head block's height. */
    long height();

    /** The root of the state after the head block, as its header names it. */
    Hash stateRoot();

    /** Proof that an account is, or is not, in the state. */
    StateProof prove(Address address);

    /** Proof that an anchor is, or is not, in the state. */
    StateProof prove(Address sender, Hash digest);

    /** The record of a digest that this sender anchored. */
    Optional<AnchorRecord> anchor(Address sender, Hash digest);

    /** Where an included transaction stands on the adopted branch. */
    Optional<TransactionLocation> locate(Hash transaction);

    /**
     * What touched an address, newest first.
     *
     * @param beforeHeight only entries below this height; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many entries, 1 to 1,000
     */
    List<HistoryEntry> history(Address address, long beforeHeight, int limit);

    /** Rewards of this proposer that are not yet paid out, lowest height first. */
    List<MaturingReward> maturing(Address proposer);

    /** All coins that exist: balances and maturing rewards together. */
    Amount supply();

    /** Where a transaction stands. */
    record TransactionLocation(long height, int index) {}

    /**
     * One thing that touched an address.
     *
     * @param index the transaction's place in the block, or −1 for the block's reward
     */
    record HistoryEntry(long height, int index) {}

    /** A proposer's reward, and the height of the block that pays it out. */
    record MaturingReward(long earnedAtHeight, long paidAtHeight, Amount amount) {}

    /** What the state holds of an anchor. */
    record AnchorRecord(long height, long timeMillis, String memo) {}
}
