package synod.chain.mempool;

import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.Verified;
import synod.chain.state.Account;
import synod.chain.state.AccountReader;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** Accounts that a test sets at will, and transactions of their owners. */
final class TestAccounts implements AccountReader {
    static final Hash CHAIN = Sha256.hash(new byte[] {1});
    static final int TRANSFER_BYTES = 154;

    private final TreeMap<Address, Account> accounts = new TreeMap<>();
    private final SigningKey[] keys;

    TestAccounts(int count, long balance) {
        keys = new SigningKey[count];
        for (int i = 0; i < count; i++) {
            keys[i] = SigningKey.of(
                    Sha256.hash(new byte[] {(byte) i, (byte) (i >> 8), 7}).bytes());
            set(i, balance, 0);
        }
    }

    void set(int owner, long balance, long nonce) {
        accounts.put(address(owner), new Account(new Amount(balance), nonce));
    }

    Account get(int owner) {
        return account(address(owner));
    }

    Address address(int owner) {
        return Address.of(keys[owner].publicKey());
    }

    int count() {
        return keys.length;
    }

    @Override
    public Account account(Address address) {
        return accounts.getOrDefault(address, Account.EMPTY);
    }

    Verified<Transaction> transfer(int owner, long nonce, long fee, long amount) {
        return pay(owner, nonce, fee, new Transfer(Address.NONE, new Amount(amount)));
    }

    Verified<Transaction> pay(int owner, long nonce, long fee, Payload payload) {
        return new Verified<>(Transaction.sign(keys[owner], CHAIN, nonce, new Amount(fee), payload));
    }
}
