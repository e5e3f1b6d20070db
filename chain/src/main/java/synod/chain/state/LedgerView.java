package synod.chain.state;

import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.stake.StakeTable;
import synod.chain.stake.StakeView;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.AnchorRecord;
import synod.chain.transaction.MemberRecord;
import synod.chain.transaction.MemberVote;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** What may be read of the ledger as it is after its head block. */
public interface LedgerView extends AccountReader {
    /** The head block's height. */
    long height();

    /** The root of the state after the head block, as its header names it. */
    Hash stateRoot();

    /** The record under this key, if there is one. */
    Optional<ByteString> record(StateKey key);

    /** Proof that a record is, or is not, in the state. */
    StateProof prove(StateKey key);

    /** Proof that an account is, or is not, in the state. */
    default StateProof prove(Address address) {
        return prove(StateKey.account(address));
    }

    /** Proof that a key is, or is not, a member's, with its weight and its standing vote. */
    default StateProof proveMember(PublicKey key) {
        return prove(MemberVote.stateKey(key));
    }

    /** Proof that a key has, or has not, stake, with all that the state holds of it. */
    default StateProof proveStake(PublicKey key) {
        return prove(StakeTable.validatorKey(key));
    }

    /** Proof that an anchor is, or is not, in the state. */
    default StateProof prove(Address sender, Hash digest) {
        return prove(Anchor.stateKey(sender, digest));
    }

    /** The record of a digest that this sender anchored. */
    default Optional<AnchorRecord> anchor(Address sender, Hash digest) {
        return record(Anchor.stateKey(sender, digest))
                .map(record -> Stored.read(record.bytes(), "an anchor", AnchorRecord::decode));
    }

    /**
     * Whom the head block's header names: who decides its child, or where stake decides the blocks of the next epoch; nobody
     * under engines without members.
     */
    ValidatorSet validators();

    /** A member's weight and standing vote. */
    default Optional<MemberRecord> member(PublicKey key) {
        return record(MemberVote.stateKey(key))
                .map(record -> Stored.read(record.bytes(), "a member", MemberRecord::decode));
    }

    /** What there is to read about stake; empty on networks where blocks are not decided by it. */
    Optional<StakeView> stake();

    /** Where an included transaction stands on the adopted branch. */
    Optional<TransactionLocation> locate(Hash transaction);

    /** The id of the block at this height of the adopted branch, if the branch is that long. */
    Optional<Hash> blockAt(long height);

    /**
     * What touched an address, newest first: in descending order of height, and in a block of index.
     *
     * @param before only entries that come after this one in that order; {@link HistoryEntry#NONE} for the newest
     * @param limit at most so many entries, 1 to {@link #MAX_HISTORY}
     */
    List<HistoryEntry> history(Address address, HistoryEntry before, int limit);

    /**
     * What touched an address below a height, newest first.
     *
     * @param beforeHeight only entries below this height; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many entries, 1 to {@link #MAX_HISTORY}
     */
    default List<HistoryEntry> history(Address address, long beforeHeight, int limit) {
        return history(address, new HistoryEntry(beforeHeight, Integer.MIN_VALUE), limit);
    }

    /** The most entries of a history at once. */
    int MAX_HISTORY = 1_000;

    /** Rewards of this proposer that are not yet paid out, lowest height first. */
    List<MaturingReward> maturing(Address proposer);

    /** All coins that exist: balances, maturing rewards and stake together. */
    Amount supply();

    /** All coins that were ever destroyed. */
    Amount burned();

    /** Where a transaction stands. */
    record TransactionLocation(long height, int index) {}

    /**
     * One thing that touched an address.
     *
     * @param index the transaction's place in the block, or −1 for a reward that the block paid out
     */
    record HistoryEntry(long height, int index) {
        /** Newer than every entry. */
        public static final HistoryEntry NONE = new HistoryEntry(Long.MAX_VALUE, Integer.MAX_VALUE);

        /** Whether this comes after the other one in the order from new to old. */
        public boolean isOlderThan(HistoryEntry other) {
            return height < other.height || height == other.height && index < other.index;
        }
    }

    /** A proposer's reward, and the height of the block that pays it out. */
    record MaturingReward(long earnedAtHeight, long paidAtHeight, Amount amount) {}
}
