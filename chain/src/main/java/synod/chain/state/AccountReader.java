package synod.chain.state;

import synod.crypto.Address;

/** Reads accounts as they are after some block. */
@FunctionalInterface
public interface AccountReader {
    /** The account, {@link Account#EMPTY} if nobody has ever paid it. */
    Account account(Address address);
}
