package synod.chain.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.crypto.Address;

/**
 * The records that a block reads and writes, above the state before it. What happens since {@link #begin} is kept or
 * taken back as a whole.
 */
final class WorkingSet {
    private final RecordReader parent;
    private final Map<Address, AccountCell> accounts = new LinkedHashMap<>();
    private final Map<StateKey, Cell<Optional<byte[]>>> records = new LinkedHashMap<>();
    private final List<Cell<?>> marked = new ArrayList<>();
    private final List<Address> touched = new ArrayList<>();
    private int step;

    WorkingSet(RecordReader parent) {
        this.parent = parent;
    }

    /** A value, what it was before the block, and what it was when the present step first touched it. */
    private static class Cell<T> {
        final T before;
        T now;
        private T mark;
        private int markedIn;

        Cell(T before) {
            this.before = before;
            this.now = before;
            this.mark = before;
        }

        /** Remembers the value for this step; false if that is done already. */
        boolean mark(int step) {
            if (markedIn == step) {
                return false;
            }
            mark = now;
            markedIn = step;
            return true;
        }

        void takeBack() {
            now = mark;
        }
    }

    private static final class AccountCell extends Cell<Account> {
        final StateKey key;
        final Optional<byte[]> record;

        AccountCell(StateKey key, Optional<byte[]> record) {
            super(record.map(WorkingSet::decodeAccount).orElse(Account.EMPTY));
            this.key = key;
            this.record = record;
        }
    }

    static Account decodeAccount(byte[] record) {
        return Stored.read(record, "an account", Account::decode);
    }

    /** Begins a step: until the next one, {@link #takeBack} undoes what follows. */
    void begin() {
        step++;
        marked.clear();
        touched.clear();
    }

    /** Undoes the present step. */
    void takeBack() {
        marked.forEach(Cell::takeBack);
        begin();
    }

    /** The addresses whose accounts the present step changed, in the order in which it first did. */
    List<Address> touched() {
        return List.copyOf(touched);
    }

    Account account(Address address) {
        return cell(address).now;
    }

    /** The account as it was before the block. */
    Account accountBefore(Address address) {
        return cell(address).before;
    }

    void setAccount(Address address, Account account) {
        AccountCell cell = cell(address);
        if (cell.mark(step)) {
            marked.add(cell);
            touched.add(address);
        }
        cell.now = account;
    }

    /**
     * Takes coins from an account.
     *
     * @throws RejectedException {@code INSUFFICIENT_BALANCE}
     */
    void debit(Address address, Amount amount) throws RejectedException {
        Account account = account(address);
        if (account.balance().compareTo(amount) < 0) {
            throw new RejectedException(
                    Reason.INSUFFICIENT_BALANCE,
                    "the sender has " + account.balance() + " where " + amount + " is to be paid");
        }
        setAccount(address, new Account(account.balance().minus(amount), account.nonce()));
    }

    /** Gives coins to an account. All coins together fit an amount, so this sum does. */
    void credit(Address address, Amount amount) {
        Account account = account(address);
        setAccount(address, new Account(account.balance().plus(amount), account.nonce()));
    }

    private AccountCell cell(Address address) {
        AccountCell cell = accounts.get(address);
        if (cell == null) {
            StateKey key = StateKey.account(address);
            cell = new AccountCell(key, parent.read(key));
            accounts.put(address, cell);
        }
        return cell;
    }

    Optional<byte[]> record(StateKey key) {
        return recordCell(key).now;
    }

    void setRecord(StateKey key, Optional<byte[]> value) {
        if (value.isPresent() && value.get().length > StateProof.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("a record of " + value.get().length + " bytes");
        }
        Cell<Optional<byte[]>> cell = recordCell(key);
        if (cell.mark(step)) {
            marked.add(cell);
        }
        cell.now = value;
    }

    private Cell<Optional<byte[]>> recordCell(StateKey key) {
        Cell<Optional<byte[]>> cell = records.get(key);
        if (cell == null) {
            cell = new Cell<>(parent.read(key));
            records.put(key, cell);
        }
        return cell;
    }

    /** What has become of all that was written and is no longer what it was before the block. */
    List<RecordChange> changes() {
        List<RecordChange> changes = new ArrayList<>(accounts.size() + records.size());
        for (AccountCell cell : accounts.values()) {
            if (!cell.now.equals(cell.before)) {
                changes.add(new RecordChange(cell.key, cell.record, Optional.of(cell.now.encode())));
            }
        }
        records.forEach((key, cell) -> {
            if (!cell.now
                    .map(now -> cell.before
                            .filter(before -> Arrays.equals(before, now))
                            .isPresent())
                    .orElse(cell.before.isEmpty())) {
                changes.add(new RecordChange(key, cell.before, cell.now));
            }
        });
        return changes;
    }
}
