package synod.crypto;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The keys of the public development words. Everybody knows them: they hold play money on development networks, and no
 * other network may give them anything.
 */
public final class DevelopmentKeys {
    /** The words that development tools for ledgers commonly share (BIP-39, no passphrase). */
    public static final String PHRASE = "test test test test test test test test test test test junk";

    /** This software's coin type in BIP-44 paths: the letters SYNO as a number, which SLIP-44 does not list. */
    public static final int COIN_TYPE = 0x53_59_4e_4f;

    /** What is said wherever one of these keys turns up on another network. */
    public static final String REFUSAL =
            "the public development words are refused on any network that is not a development network";

    private static final int BIP44 = 44;
    private static final List<String> NAMES =
            List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

    private DevelopmentKeys() {}

    /** The names of the accounts, in the order of their keys. */
    public static List<String> names() {
        return NAMES;
    }

    /** The path of the account with this number: {@code m/44'/1398361679'/account'}. */
    public static DerivationPath path(int account) {
        return new DerivationPath(List.of(BIP44, COIN_TYPE, account));
    }

    /**
     * The key of the account of this name.
     *
     * @throws IllegalArgumentException if there is no such name
     */
    public static SigningKey key(String name) {
        int account = NAMES.indexOf(name);
        if (account < 0) {
            throw new IllegalArgumentException(
                    "no development account is called '" + name + "'; there are " + String.join(", ", NAMES));
        }
        return Master.KEY.derive(path(account)).signingKey();
    }

    /**
     * The address of the account of this name.
     *
     * @throws IllegalArgumentException if there is no such name
     */
    public static Address address(String name) {
        return Address.of(key(name).publicKey());
    }

    /** The name of the account with this address, if it is one of these. */
    public static Optional<String> nameOf(Address address) {
        return Optional.ofNullable(Master.NAMES_BY_ADDRESS.get(address));
    }

    /** Derived when first asked for: the words' seed takes milliseconds. */
    private static final class Master {
        static final HdKey KEY = HdKey.master(Mnemonic.parse(PHRASE).seed(""));
        static final Map<Address, String> NAMES_BY_ADDRESS = namesByAddress();

        private static Map<Address, String> namesByAddress() {
            TreeMap<Address, String> names = new TreeMap<>();
            for (int account = 0; account < NAMES.size(); account++) {
                SigningKey key = KEY.derive(path(account)).signingKey();
                names.put(Address.of(key.publicKey()), NAMES.get(account));
            }
            return names;
        }
    }
}
