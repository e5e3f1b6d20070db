package synod.wallet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.crypto.Address;

/**
 * Turns what a person types into accounts and addresses on one network. A name means the wallet file of that name, else
 * the development account of that name. Development accounts are refused where coins may be worth something, in every
 * role: anybody can spend from them.
 */
final class Accounts {
    private final WalletDirectory wallets;
    private final Network network;

    Accounts(WalletDirectory wallets, Network network) {
        this.wallets = wallets;
        this.network = network;
    }

    /** An address, and the name by which it was called, if it was. */
    record Named(Optional<String> name, Address address) {}

    /** The address of a wallet or development account, or the address that was typed itself. */
    Named resolve(String nameOrAddress) {
        if (WalletDirectory.NAME.matcher(nameOrAddress).matches()) {
            return new Named(Optional.of(nameOrAddress), account(nameOrAddress).address());
        }
        Address address;
        try {
            address = Address.parse(network.addressPrefix(), nameOrAddress);
        } catch (IllegalArgumentException e) {
            throw new WalletException(
                    ExitCode.USAGE,
                    "'" + nameOrAddress + "' is neither a wallet's name nor an address of this network ("
                            + network.name() + "): " + e.getMessage(),
                    e);
        }
        refuseDevelopment(address, "'" + nameOrAddress + "'");
        return new Named(Optional.ofNullable(names().get(address)), address);
    }

    /** The account of this name, to send from. */
    Account account(String name) {
        Optional<Keystore> stored = wallets.load(name);
        if (stored.isPresent()) {
            refuseDevelopment(stored.get().address(), "wallet '" + name + "'");
            return new Account.Stored(name, stored.get(), wallets);
        }
        Account.Development development = DevelopmentAccounts.byName(name)
                .orElseThrow(() -> WalletException.failure("There is no wallet '" + name + "' in " + wallets.path()
                        + ". synod wallet list shows those there are; synod wallet create " + name + " makes one."));
        refuseDevelopment(development.address(), "'" + name + "'");
        return development;
    }

    /** The names of the addresses that have one here. A damaged wallet file has none. */
    Map<Address, String> names() {
        Map<Address, String> names = new LinkedHashMap<>();
        if (network.development()) {
            DevelopmentAccounts.all().forEach(account -> names.put(account.address(), account.name()));
        }
        for (String name : wallets.names()) {
            try {
                wallets.load(name).ifPresent(keystore -> names.put(keystore.address(), name));
            } catch (WalletException e) {
                // Names are for reading only; a command that needs this wallet says what is wrong with it.
                continue;
            }
        }
        return names;
    }

    private void refuseDevelopment(Address address, String what) {
        if (!network.development() && DevelopmentAccounts.has(address)) {
            throw WalletException.failure(what + " belongs to the public development words, which everybody knows, and "
                    + network.name() + " is not a development network: coins there would be anybody's. Make a wallet"
                    + " of your own with synod wallet create NAME.");
        }
    }
}
