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
import synod.chain.stake.StakeGenesis;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What there is from the start: the state after block 0, which has no transactions.
 *
 * @param balances the coins that exist beside the stake
 * @param members who decides block 1; nobody under engines without members
 * @param stake the coins at stake, where those decide
 */
public record GenesisAllocation(
        SortedMap<Address, Amount> balances, ValidatorSet members, Optional<StakeGenesis> stake) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if an address gets nothing, all together get more than an amount holds, or both
     *     members and stake would decide
     */
    public GenesisAllocation {
        if (stake.isPresent() && members.size() > 0) {
            throw new IllegalArgumentException("either members decide or stake does");
        }
        balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
        long sum = staked(stake);
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

    /** Coins, and members who decide. */
    public GenesisAllocation(SortedMap<Address, Amount> balances, ValidatorSet members) {
        this(balances, members, Optional.empty());
    }

    /** Coins, some of which are at stake. */
    public GenesisAllocation(SortedMap<Address, Amount> balances, StakeGenesis stake) {
        this(balances, ValidatorSet.EMPTY, Optional.of(stake));
    }

    private static long staked(Optional<StakeGenesis> stake) {
        return stake.map(genesis -> genesis.validators().total().units()).orElse(0L);
    }

    /** Whom block 0's header names: who decides block 1, or by stake the blocks of epoch 1; nobody elsewhere. */
    public ValidatorSet validators() {
        return stake.map(genesis -> genesis.validators().validators()).orElse(members);
    }

    /** All coins at the start. */
    public Amount supply() {
        return new Amount(staked(stake)
                + balances.values().stream().mapToLong(Amount::units).sum());
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
        List<RecordChange> changes = new ArrayList<>(balances.size() + 1 + members.size());
        balances.forEach(
                (address, amount) -> changes.add(created(StateKey.account(address), new Account(amount, 0).encode())));
        changes.add(created(StateKey.SUPPLY, Execution.encodeSupply(supply())));
        changes.addAll(Members.created(members));
        stake.ifPresent(genesis -> {
            WorkingSet created = new WorkingSet(_ -> Optional.empty());
            genesis.write(new StakeRecordsOf(created));
            changes.addAll(created.changes());
        });
        return changes;
    }

    private static RecordChange created(StateKey key, byte[] value) {
        return new RecordChange(key, Optional.empty(), Optional.of(value));
    }
}
