package synod.genesis;

import java.util.Optional;
import synod.chain.Amount;
import synod.crypto.Address;

/**
 * Coins that exist from the start.
 *
 * @param name for people; it is not part of the digest
 */
public record Allocation(Address address, Amount amount, Optional<String> name) {}
