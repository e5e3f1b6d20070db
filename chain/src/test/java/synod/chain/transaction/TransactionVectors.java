package synod.chain.transaction;

import synod.crypto.Hash;

/** Shows tests of other packages what is signed. */
public final class TransactionVectors {
    private TransactionVectors() {}

    public static byte[] signedBytes(Transaction transaction, Hash chainId) {
        return transaction.signedBytes(chainId);
    }
}
