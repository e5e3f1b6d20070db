package synod.chain.state;

import java.util.ArrayList;
import java.util.List;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What a transaction did. With the receipts root of a header, a client that has no state learns from one receipt that
 * the transaction was executed, what it cost, and what each party had right after it.
 *
 * @param transaction its id
 * @param fee what the sender paid to the proposer
 * @param accounts the accounts that it changed, as they were after it, the sender's first; at most
 *     {@link #MAX_ACCOUNTS}
 */
public record Receipt(Hash transaction, Amount fee, List<Touched> accounts) {
    /** More accounts than this no kind of transaction changes. */
    public static final int MAX_ACCOUNTS = 16;

    private static final int ACCOUNT_BYTES = Hash.LENGTH + 16;

    /** An account after the transaction. */
    public record Touched(Address address, Account account) {}

    /** Copies the list. */
    public Receipt {
        accounts = List.copyOf(accounts);
        if (accounts.size() > MAX_ACCOUNTS) {
            throw new IllegalArgumentException("a transaction that changes " + accounts.size() + " accounts");
        }
    }

    /** Transaction id, fee u64, u8 count, and for each account address, balance u64, nonce u64. */
    public byte[] encode() {
        Encoder out = new Encoder(Hash.LENGTH + 9 + accounts.size() * ACCOUNT_BYTES)
                .hash(transaction)
                .u64(fee.units())
                .u8(accounts.size());
        for (Touched touched : accounts) {
            out.hash(touched.address().digest())
                    .u64(touched.account().balance().units())
                    .u64(touched.account().nonce());
        }
        return out.toBytes();
    }

    /** Reads a receipt. */
    public static Receipt decode(Decoder in) throws RejectedException {
        Hash transaction = in.hash();
        Amount fee = new Amount(in.u63());
        int count = in.u8();
        if (count > MAX_ACCOUNTS) {
            throw in.malformed("a receipt of " + count + " accounts");
        }
        List<Touched> accounts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            accounts.add(new Touched(new Address(in.hash()), new Account(new Amount(in.u63()), in.u63())));
        }
        return new Receipt(transaction, fee, accounts);
    }
}
