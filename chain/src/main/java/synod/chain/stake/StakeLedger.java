package synod.chain.stake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * Stake while a block is executed: what bonding, unbonding and evidence do to it, and the beginning of an epoch. Moves no
 * coins between addresses; its callers do.
 */
public final class StakeLedger {
    private final StakeRules rules;
    private final StakeRecords records;
    private final StakeTable table;
    private final long epoch;

    /** The stake that these records hold, in a block of this epoch. */
    public StakeLedger(StakeRules rules, StakeRecords records, long epoch) {
        this.rules = rules;
        this.records = records;
        this.table = new StakeTable(records);
        this.epoch = epoch;
    }

    /** The records, read. */
    public StakeTable table() {
        return table;
    }

    /** Stake that comes free. */
    public record Release(Address owner, Amount amount) {}

    /**
     * Begins a block: moves slot, nonces and epoch on.
     *
     * @return what comes free with a new epoch, to be paid out, by epoch and then by key
     */
    public List<Release> begin(SlotTurn turn) {
        NonceState nonces = table.nonces();
        List<Release> releases = new ArrayList<>();
        if (turn.beginsEpoch()) {
            nonces = nonces.turned();
            write(turn.now());
            // Nothing that was unbonded up to the last epoch comes free later than this.
            long last = Math.min(turn.now().number(), turn.before().number() + rules.unbondingEpochs());
            for (long due = turn.before().number() + 1; due <= last; due++) {
                release(due, releases);
            }
        }
        put(
                StakeTable.NONCES,
                nonces.after(turn.output(), turn.slot(), rules.clock()).encode());
        return releases;
    }

    private void write(EpochState state) {
        put(StakeTable.EPOCH, StakeTable.encodeEpoch(state));
        put(StakeTable.ACTIVE, state.active().encode());
        put(StakeTable.NEXT, state.next().encode());
    }

    private void release(long due, List<Release> releases) {
        for (PublicKey key : table.releasedIn(due)) {
            // Slashing may have left nothing of it.
            table.validator(key).ifPresent(record -> {
                List<StakeRecord.Unbonding> rest = new ArrayList<>(record.unbonding());
                rest.removeIf(part -> part.epoch() == due);
                record.unbonding().stream()
                        .filter(part -> part.epoch() == due && part.amount().units() > 0)
                        .forEach(part -> releases.add(new Release(Address.of(key), part.amount())));
                put(key, new StakeRecord(record.vrfKey(), record.bonded(), rest, record.jailed()));
            });
        }
        records.write(StakeTable.releases(due), Optional.empty());
    }

    /** The records of the state after block 0. */
    void create(StakeSnapshot validators, EpochState first, NonceState nonces) {
        write(first);
        put(StakeTable.NONCES, nonces.encode());
        for (Staker staker : validators.stakers()) {
            put(staker.key(), new StakeRecord(staker.vrfKey(), staker.stake(), List.of(), false));
        }
        putKeys(
                StakeTable.BONDED,
                validators.stakers().stream().map(Staker::key).toList());
    }

    /**
     * Adds coins, which were taken from its address, to a validator's stake; makes it a validator if it is none. Where there
     * are as many as there may be, a newcomer with more stake than the one who has least takes its place, whose stake is
     * then unbonded.
     *
     * @param vrfKey what it draws slots with, from the next snapshot on
     * @throws RejectedException {@code BAD_STAKE}
     */
    public void bond(PublicKey key, Amount amount, PublicKey vrfKey) throws RejectedException {
        StakeRecord old = table.validator(key).orElseGet(() -> new StakeRecord(vrfKey, Amount.ZERO, List.of(), false));
        if (old.jailed()) {
            throw refuse("the validator " + key + " contradicted itself and is jailed: it can never bond again");
        }
        if (old.unbonding().size() == StakeRecord.MAX_PARTS) {
            throw refuse("stake of " + key + " comes free in " + old.unbonding().size()
                    + " parts; wait until one of them does");
        }
        Amount bonded = old.bonded().plus(amount);
        if (bonded.compareTo(rules.minBond()) < 0) {
            throw refuse(bonded + " would be bonded, and a validator has at least " + rules.minBond());
        }
        List<PublicKey> keys = new ArrayList<>(table.bonded());
        if (!keys.contains(key)) {
            if (keys.size() >= ValidatorSet.MAX_SIZE) {
                displaceSmallest(keys, bonded);
            }
            keys.add(key);
            putKeys(StakeTable.BONDED, keys);
        }
        put(key, new StakeRecord(vrfKey, bonded, old.unbonding(), false));
    }

    private void displaceSmallest(List<PublicKey> keys, Amount newcomer) throws RejectedException {
        PublicKey smallest = keys.getFirst();
        for (PublicKey key : keys) {
            if (table.listed(key).bonded().compareTo(table.listed(smallest).bonded()) < 0) {
                smallest = key;
            }
        }
        StakeRecord record = table.listed(smallest);
        if (newcomer.compareTo(record.bonded()) <= 0) {
            throw refuse("there are " + keys.size() + " validators, as many as there may be, and none has less than "
                    + newcomer + " bonded");
        }
        moveToUnbonding(smallest, record, record.bonded());
        keys.remove(smallest);
    }

    /**
     * Takes coins out of a validator's stake; they come free {@link StakeRules#unbondingEpochs} epochs after this one.
     *
     * @throws RejectedException {@code BAD_STAKE}
     */
    public void unbond(PublicKey key, Amount amount) throws RejectedException {
        StakeRecord old = table.validator(key).orElseThrow(() -> refuse("the sender " + key + " has no stake"));
        if (amount.compareTo(old.bonded()) > 0) {
            throw refuse("the sender has " + old.bonded() + " bonded, less than " + amount);
        }
        Amount rest = old.bonded().minus(amount);
        boolean leaves = rest.equals(Amount.ZERO);
        if (!leaves && !old.jailed() && rest.compareTo(rules.minBond()) < 0) {
            throw refuse(rest + " would stay bonded, and a validator has at least " + rules.minBond()
                    + "; unbond all of it, " + old.bonded());
        }
        boolean merges = old.unbonding().stream().anyMatch(part -> part.epoch() == due());
        // The last part is kept for a validator that is displaced.
        if (!merges && old.unbonding().size() >= StakeRecord.MAX_PARTS - 1) {
            throw refuse("stake of the sender comes free in " + old.unbonding().size()
                    + " parts; wait until one of them does");
        }
        moveToUnbonding(key, old, amount);
        if (leaves && !old.jailed()) {
            List<PublicKey> keys = new ArrayList<>(table.bonded());
            keys.remove(key);
            putKeys(StakeTable.BONDED, keys);
        }
    }

    private long due() {
        return Math.addExact(epoch, rules.unbondingEpochs());
    }

    private void moveToUnbonding(PublicKey key, StakeRecord old, Amount amount) throws RejectedException {
        List<StakeRecord.Unbonding> parts = new ArrayList<>(old.unbonding());
        Amount sum = amount;
        if (!parts.isEmpty() && parts.getLast().epoch() == due()) {
            sum = sum.plus(parts.removeLast().amount());
        }
        parts.add(new StakeRecord.Unbonding(due(), sum));
        List<PublicKey> releases = new ArrayList<>(table.releasedIn(due()));
        if (!releases.contains(key)) {
            if (releases.size() >= StakeTable.MAX_RELEASES) {
                throw refuse("stake of " + releases.size() + " validators comes free in epoch " + due()
                        + ", as many as there may be; try again in the next epoch");
            }
            releases.add(key);
            putKeys(StakeTable.releases(due()), releases);
        }
        put(key, new StakeRecord(old.vrfKey(), old.bonded().minus(amount), parts, old.jailed()));
    }

    /**
     * Destroys part of the coins that a validator has bonded or on their way back, and jails it.
     *
     * @return what of them goes to the reporter
     * @throws RejectedException {@code BAD_EVIDENCE} if there is no such validator, or it is jailed already
     */
    public Amount slash(PublicKey accused) throws RejectedException {
        StakeRecord old = table.validator(accused)
                .orElseThrow(
                        () -> new RejectedException(Reason.BAD_EVIDENCE, "the accused " + accused + " has no stake"));
        if (old.jailed()) {
            throw new RejectedException(Reason.BAD_EVIDENCE, "the accused " + accused + " is jailed already");
        }
        Amount lost = rules.slashing().of(old.bonded());
        Amount bonded = old.bonded().minus(lost);
        List<StakeRecord.Unbonding> parts = new ArrayList<>();
        for (StakeRecord.Unbonding part : old.unbonding()) {
            Amount cut = rules.slashing().of(part.amount());
            lost = lost.plus(cut);
            parts.add(new StakeRecord.Unbonding(part.epoch(), part.amount().minus(cut)));
        }
        put(accused, new StakeRecord(old.vrfKey(), bonded, parts, true));
        List<PublicKey> keys = new ArrayList<>(table.bonded());
        if (keys.remove(accused)) {
            putKeys(StakeTable.BONDED, keys);
        }
        Amount reward = rules.reporterShare().of(lost);
        put(StakeTable.BURNED, StakeTable.encodeAmount(table.burned().plus(lost.minus(reward))));
        return reward;
    }

    private static RejectedException refuse(String why) {
        return new RejectedException(Reason.BAD_STAKE, why);
    }

    private void putKeys(StateKey list, List<PublicKey> keys) {
        List<PublicKey> inOrder =
                keys.stream().sorted(Comparator.naturalOrder()).toList();
        records.write(list, inOrder.isEmpty() ? Optional.empty() : Optional.of(StakeTable.encodeKeys(inOrder)));
    }

    /** Writes a validator's record; one without coins that is not jailed goes. */
    private void put(PublicKey key, StakeRecord record) {
        boolean empty = !record.jailed() && record.total().equals(Amount.ZERO);
        records.write(StakeTable.validatorKey(key), empty ? Optional.empty() : Optional.of(record.encode()));
    }

    private void put(StateKey key, byte[] value) {
        records.write(key, Optional.of(value));
    }
}
