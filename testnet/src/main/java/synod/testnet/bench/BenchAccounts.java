package synod.testnet.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;
import synod.genesis.Allocation;
import synod.genesis.Genesis;

/** The accounts that a benchmark pays from, each to the next; their keys are derived from their numbers. */
public final class BenchAccounts {
    private static final Amount COINS = Amount.ofCoins(1_000);
    private static final Amount FEE = new Amount(2_000);
    private static final Amount PAYMENT = new Amount(1);

    private final List<SigningKey> keys = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();
    private final long[] nonces;

    /** So many accounts. */
    public BenchAccounts(int count) {
        for (int i = 0; i < count; i++) {
            Hash seed = Sha256.hash(("synod bench account " + i).getBytes(StandardCharsets.US_ASCII));
            keys.add(SigningKey.of(seed.bytes()));
            addresses.add(Address.of(keys.getLast().publicKey()));
        }
        nonces = new long[count];
    }

    int count() {
        return keys.size();
    }

    /** The same network with coins for these accounts. */
    public Genesis fund(Genesis genesis) {
        List<Allocation> allocations = new ArrayList<>(genesis.allocations());
        for (int i = 0; i < addresses.size(); i++) {
            allocations.add(new Allocation(addresses.get(i), COINS, Optional.of("bench-" + i)));
        }
        return new Genesis(
                genesis.name(),
                genesis.addressPrefix(),
                genesis.development(),
                genesis.timeMillis(),
                genesis.engine(),
                genesis.rules(),
                allocations);
    }

    /** The account's next payment, signed. */
    Transaction next(int account, Hash chainId) {
        return Transaction.sign(
                keys.get(account),
                chainId,
                nonces[account]++,
                FEE,
                new Transfer(addresses.get((account + 1) % addresses.size()), PAYMENT));
    }
}
