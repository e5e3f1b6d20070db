package synod.wallet;

import synod.crypto.Address;
import synod.crypto.SigningKey;
import synod.crypto.WrongPasswordException;

/** Somebody who can send: a keystore of this user, a node, or a public development account. */
sealed interface Account {
    /** The name by which the user calls it. */
    String name();

    /** Where its coins belong. */
    Address address();

    /** The key that signs for it, after the password was asked for where there is one. */
    SigningKey open(Passwords passwords);

    /** An account whose key is in a wallet file. */
    record Stored(String name, Keystore keystore, WalletDirectory directory) implements Account {
        @Override
        public Address address() {
            return keystore.address();
        }

        @Override
        public SigningKey open(Passwords passwords) {
            try {
                return keystore.open(passwords.of(name));
            } catch (WrongPasswordException e) {
                throw new WalletException(
                        ExitCode.FAILURE, "The password does not open wallet '" + name + "'. Nothing was sent.", e);
            } catch (JsonShapeException e) {
                throw WalletDirectory.damaged(directory.file(name), e);
            }
        }
    }

    /** A node, which has its key in a file without a password. */
    record Node(String name, SigningKey key) implements Account {
        @Override
        public Address address() {
            return Address.of(key.publicKey());
        }

        @Override
        public SigningKey open(Passwords passwords) {
            return key;
        }
    }

    /** An account whose key everybody knows. */
    record Development(String name, SigningKey key) implements Account {
        @Override
        public Address address() {
            return Address.of(key.publicKey());
        }

        @Override
        public SigningKey open(Passwords passwords) {
            return key;
        }
    }
}
