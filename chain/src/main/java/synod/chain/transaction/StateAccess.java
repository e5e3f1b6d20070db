package synod.chain.transaction;

import java.util.Optional;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.stake.StakeLedger;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * The ledger as a payload may read and change it while its transaction is executed. All changes of a transaction
 * happen, or none: what was changed before a refusal is undone by the caller.
 */
public interface StateAccess {
    /** Height of the block that is being executed. */
    long height();

    /** Time of that block, in milliseconds since 1970-01-01 UTC. */
    long timeMillis();

    /** Who signed the transaction. */
    Address sender();

    /** The key that signed it. */
    PublicKey senderKey();

    /** Who decides the block that is being executed; nobody under engines without members. */
    ValidatorSet validators();

    /**
     * Takes coins from the sender.
     *
     * @throws RejectedException {@code INSUFFICIENT_BALANCE} if the sender has fewer
     */
    void debit(Amount amount) throws RejectedException;

    /** Gives coins, which must have been taken from somewhere, to an address. */
    void credit(Address to, Amount amount);

    /** The record under this key, if there is one. */
    Optional<byte[]> record(StateKey key);

    /**
     * The stake; only for payloads that are refused where there is none.
     *
     * @throws IllegalStateException if this network has none
     */
    StakeLedger stake();

    /**
     * Writes a record of the payload's own kind.
     *
     * @throws IllegalArgumentException if the key's kind is one of the ledger's own
     */
    void put(StateKey key, byte[] value);
}
