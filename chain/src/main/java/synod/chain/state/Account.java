package synod.chain.state;

import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;

/**
 * What the ledger knows of an address.
 *
 * @param balance what can be spent
 * @param nonce how many transactions it has sent, which is the nonce of its next one
 */
public record Account(Amount balance, long nonce) {
    /** An address that nobody has ever paid. It has no record. */
    public static final Account EMPTY = new Account(Amount.ZERO, 0);

    private static final int BYTES = 16;

    /** The record: balance u64, nonce u64. */
    public byte[] encode() {
        return new Encoder(BYTES).u64(balance.units()).u64(nonce).toBytes();
    }

    /** Reads the record's bytes, all of them. */
    public static Account decode(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        Account account = new Account(new Amount(in.u63()), in.u63());
        in.finish();
        return account;
    }
}
