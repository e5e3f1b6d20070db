package synod.sim.client;

import java.util.List;
import java.util.stream.LongStream;
import synod.chain.Amount;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.sim.protocol.KeyedHash;
import synod.sim.protocol.SimKeys;

/** An account and its next transfer. */
public final class Client {
    /** So far may transfers run ahead of the blocks. */
    private static final long MAX_AHEAD = 40;

    private static final Amount FEE = new Amount(10_000);

    private final PublicKey key;
    private final Address receiver;
    private final Hash chainId;
    private final int number;
    private final Payloads payloads;
    private long nonce;

    /** The highest nonce that it ever signed. */
    private long highest;

    private long resumedAt;

    /** What a transaction does in the place of the usual transfer. */
    @FunctionalInterface
    public interface Payloads {
        /** The same for the same client and nonce. */
        Payload of(int client, long nonce, Payload usual);
    }

    Client(int number, Hash chainId, Payloads payloads) {
        this.number = number;
        this.payloads = payloads;
        this.key = SimKeys.client(number);
        this.receiver = Address.of(SimKeys.client(number + 1));
        this.chainId = chainId;
    }

    Address address() {
        return Address.of(key);
    }

    /**
     * The transfer with the next nonce, the same one until it is accepted.
     *
     * @param another whether to sign another one with that nonce
     */
    Transaction next(boolean another) {
        highest = Math.max(highest, nonce);
        return transfer(nonce, another ? 2 : 1);
    }

    /** All transfers from this nonce on up to the last that it signed. */
    List<Transaction> from(long expected) {
        return LongStream.rangeClosed(expected, Math.max(expected, highest))
                .mapToObj(next -> transfer(next, 1))
                .toList();
    }

    private Transaction transfer(long withNonce, long units) {
        return Transaction.sign(
                key,
                message -> KeyedHash.sign(key, message),
                chainId,
                withNonce,
                FEE,
                payloads.of(number, withNonce, new Transfer(receiver, new Amount(units))));
    }

    /** A node keeps this transfer. */
    void accepted(Transaction transaction) {
        if (transaction.nonce() == nonce && nonce - resumedAt < MAX_AHEAD) {
            nonce++;
        }
    }

    /** A node refused the transfer, and says which nonce its ledger expects. */
    void resume(long expected) {
        nonce = Math.max(expected, nonce - MAX_AHEAD);
        resumedAt = expected;
    }
}
