package synod.chain.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.StateKey;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What there is from the start: the state after block 0, which has no transactions.
 *
 * @param balances the coins that exist
 * @param validators who decides block 1; nobody under engines without members
 */
public record GenesisAllocation(SortedMap<Address, Amount> balances, ValidatorSet validators) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if an address gets nothing, or all together get more than an amount holds
     */
    public GenesisAllocation {
        balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
        long sum = 0;
        for (Map.Entry<Address, Amount> entry : balances.entrySet()) {
            if (entry.getValue().equals(Amount.ZERO)) {
                throw new IllegalArgumentException(
                        "genesis allocates nothing to " + entry.getKey().digest() + ": leave the address out");
            }
            sum += entry.getValue().units();
            if (sum < 0) {
                throw new IllegalArgumentException("genesis allocates more coins than can exist");
            }
        }
    }

    /** Coins on a chain without members. */
    public GenesisAllocation(SortedMap<Address, Amount> balances) {
        this(balances, ValidatorSet.EMPTY);
    }

    /** All coins at the start. */
    public Amount supply() {
        return new Amount(balances.values().stream().mapToLong(Amount::units).sum());
    }

    /** The root of the state after block 0, for its header. */
    public Hash stateRoot() {
        StateTree tree = new StateTree(_ -> Optional.empty());
        return apply(tree).hash();
    }

    TreeNode apply(StateTree tree) {
        return tree.update(
                TreeNode.EMPTY,
                changes().stream()
                        .map(change -> tree.change(change.key(), change.after()))
                        .toList());
    }

    /** The records of the state after block 0. */
    List<RecordChange> changes() {
        List<RecordChange> changes = new ArrayList<>(balances.size() + 1 + validators.size());
        balances.forEach(
                (address, amount) -> changes.add(created(StateKey.account(address), new Account(amount, 0).encode())));
        changes.add(created(StateKey.SUPPLY, Execution.encodeSupply(supply())));
        changes.addAll(Members.created(validators));
        return changes;
    }

    private static RecordChange created(StateKey key, byte[] value) {
        return new RecordChange(key, Optional.empty(), Optional.of(value));
    }
}
