package synod.chain.mempool;

import synod.chain.Rejection;
import synod.chain.transaction.Transaction;

/** A transaction that waited and does so no more without having been included, and why. */
public record Dropped(Transaction transaction, Rejection rejection) {}
