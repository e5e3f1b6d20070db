package synod.wallet;

import java.util.List;
import java.util.Optional;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Mnemonic;

/** The accounts of the public development words, as {@link Account}s. */
final class DevelopmentAccounts {
    private DevelopmentAccounts() {}

    /** All of them, in their order. */
    static List<Account.Development> all() {
        return DevelopmentKeys.names().stream()
                .map(name -> new Account.Development(name, DevelopmentKeys.key(name)))
                .toList();
    }

    /** The one of this name. */
    static Optional<Account.Development> byName(String name) {
        return DevelopmentKeys.names().contains(name)
                ? Optional.of(new Account.Development(name, DevelopmentKeys.key(name)))
                : Optional.empty();
    }

    /** Whether the address is one of theirs. */
    static boolean has(Address address) {
        return DevelopmentKeys.nameOf(address).isPresent();
    }

    /** Whether these are the public words. */
    static boolean areTheirs(Mnemonic words) {
        return words.equals(Mnemonic.parse(DevelopmentKeys.PHRASE));
    }
}
