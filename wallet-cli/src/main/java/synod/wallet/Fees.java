package synod.wallet;

import synod.chain.Amount;
import synod.chain.transaction.Transaction;

/** What to offer for a transaction when the user names no fee. */
final class Fees {
    // A quarter above the minimum, so that it still goes first when others offer just the minimum.
    private static final long NUMERATOR = 5;
    private static final long DENOMINATOR = 4;

    private Fees() {}

    /** The fee for a transaction of the draft's size; the draft's own fee does not matter. */
    static Amount standard(Network network, Transaction draft) {
        try {
            long minimum = Math.multiplyExact(network.minFeePerByte(), (long) draft.size());
            return new Amount(Math.ceilDiv(Math.multiplyExact(minimum, NUMERATOR), DENOMINATOR));
        } catch (ArithmeticException e) {
            throw new JsonShapeException(
                    "field 'minFeePerByte' is more than anybody can pay: " + network.minFeePerByte());
        }
    }
}
