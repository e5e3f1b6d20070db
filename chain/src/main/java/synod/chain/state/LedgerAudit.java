package synod.chain.state;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.StateKey;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeTable;
import synod.chain.store.Cursor;
import synod.chain.store.KeyRange;
import synod.chain.store.KeyValueReader;
import synod.crypto.Hash;

/**
 * The state checked against itself, from all its records.
 *
 * @param records how many there are
 * @param balances sum of all accounts
 * @param maturing sum of all rewards that still mature
 * @param staked sum of all stake, bonded and on its way back
 * @param supply what the supply record says
 * @param expectedSupply genesis and what all blocks since have made, less what was destroyed
 * @param stateRoot the root as the tree has it
 * @param recomputedRoot the root computed anew from all records
 */
public record LedgerAudit(
        long records,
        BigInteger balances,
        BigInteger maturing,
        BigInteger staked,
        Amount supply,
        Amount expectedSupply,
        Hash stateRoot,
        Hash recomputedRoot) {

    /** Whether all coins are accounted for and the tree is the records'. */
    public boolean isConsistent() {
        return balances.add(maturing).add(staked).equals(BigInteger.valueOf(supply.units()))
                && supply.equals(expectedSupply)
                && stateRoot.equals(recomputedRoot);
    }

    /**
     * Throws unless all is consistent.
     *
     * @throws IllegalStateException naming the figures
     */
    public void require() {
        if (!isConsistent()) {
            throw new IllegalStateException("the ledger contradicts itself: " + this);
        }
    }

    /**
     * Reads everything.
     *
     * @param newer records that are not yet in the store, or no longer
     * @param made genesis and what all blocks since have made
     */
    static LedgerAudit of(
            KeyValueReader store, NavigableMap<StateKey, Optional<byte[]>> newer, Amount made, Hash stateRoot) {
        Sums sums = new Sums();
        try (Cursor cursor = store.scan(KeyRange.prefix(Rows.RECORDS))) {
            while (cursor.next()) {
                StateKey key = Rows.recordKey(cursor.key());
                if (!newer.containsKey(key)) {
                    sums.add(key, cursor.value());
                }
            }
        }
        newer.forEach((key, value) -> value.ifPresent(record -> sums.add(key, record)));
        return new LedgerAudit(
                sums.leaves.size(),
                sums.balances,
                sums.maturing,
                sums.staked,
                sums.supply,
                made.minus(sums.burned),
                stateRoot,
                sums.root());
    }

    private static final class Sums {
        private final TreeHasher hasher = new TreeHasher();
        private final NavigableMap<Hash, Hash> leaves = new TreeMap<>();
        private BigInteger balances = BigInteger.ZERO;
        private BigInteger maturing = BigInteger.ZERO;
        private BigInteger staked = BigInteger.ZERO;
        private Amount supply = Amount.ZERO;
        private Amount burned = Amount.ZERO;

        void add(StateKey key, byte[] record) {
            leaves.put(key.path(), hasher.plain(record));
            if (key.equals(StateKey.SUPPLY)) {
                supply = Execution.supply(Optional.of(record));
            } else if (key.kind() == StateKey.ACCOUNT) {
                balances = balances.add(units(WorkingSet.decodeAccount(record).balance()));
            } else if (key.kind() == StateKey.REWARD) {
                maturing = maturing.add(units(
                        Stored.read(record, "a maturing reward", Reward::decode).amount()));
            } else if (key.kind() == StakeTable.VALIDATOR) {
                staked = staked.add(units(
                        Stored.read(record, "a validator", StakeRecord::decode).total()));
            } else if (key.equals(StakeTable.BURNED)) {
                burned = Execution.supply(Optional.of(record));
            }
        }

        private static BigInteger units(Amount amount) {
            return BigInteger.valueOf(amount.units());
        }

        Hash root() {
            return root(new ArrayList<>(leaves.entrySet()), 0);
        }

        /** The definition of the tree, word for word: without positions, sharing or rows. */
        private Hash root(List<Map.Entry<Hash, Hash>> subtree, int depth) {
            if (subtree.isEmpty()) {
                return Hash.ZERO;
            }
            if (subtree.size() == 1) {
                return hasher.leaf(
                        subtree.getFirst().getKey(), subtree.getFirst().getValue());
            }
            int middle = 0;
            while (middle < subtree.size() && !subtree.get(middle).getKey().bit(depth)) {
                middle++;
            }
            return hasher.branch(
                    root(subtree.subList(0, middle), depth + 1),
                    root(subtree.subList(middle, subtree.size()), depth + 1));
        }
    }
}
