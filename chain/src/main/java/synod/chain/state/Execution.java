package synod.chain.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.EpochState;
import synod.chain.stake.SlotTurn;
import synod.chain.stake.StakeLedger;
import synod.chain.stake.StakeTable;
import synod.chain.transaction.StateAccess;
import synod.chain.transaction.Transaction;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * Executes one block on the state before it: first, where stake decides and the block begins an epoch, what comes free
 * with it and the reward that matures with this height are paid out, then the transactions in their order, then the
 * block's own reward (new coins and all fees) is recorded or paid out, and last the change of the member set that has
 * enough votes takes place.
 *
 * <p>Whether transactions are signed is not asked here.
 */
final class Execution {
    /** The index that stands for a reward in an address's history. */
    static final int REWARD_INDEX = -1;

    private final LedgerRules rules;
    private final WorkingSet state;
    private final long height;
    private final long timeMillis;
    private final Address proposer;
    private final ValidatorSet validators;
    private final Optional<SlotTurn> turn;
    private final Amount burnedBefore;
    private final List<Receipt> receipts = new ArrayList<>();
    private final SequencedMap<Address, List<Integer>> history = new LinkedHashMap<>();
    private Amount fees = Amount.ZERO;

    /**
     * Begins a block after the state that {@code parent} reads; begins its epoch if need be, and pays out what matures.
     *
     * @param validators who decides the block
     * @param turn its slot and epoch; there where the rules are about stake, and only there
     */
    Execution(
            LedgerRules rules,
            RecordReader parent,
            ValidatorSet validators,
            long height,
            long timeMillis,
            Address proposer,
            Optional<SlotTurn> turn) {
        this.rules = rules;
        this.state = new WorkingSet(parent);
        this.height = height;
        this.timeMillis = timeMillis;
        this.proposer = proposer;
        this.validators = validators;
        this.turn = turn;
        this.burnedBefore = burned();
        state.begin();
        turn.ifPresent(step -> stake().begin(step).forEach(release -> state.credit(release.owner(), release.amount())));
        payMatured();
    }

    private Amount burned() {
        return new StakeTable(new StakeRecordsOf(state)).burned();
    }

    private StakeLedger stake() {
        long epoch = turn.map(step -> step.now().number())
                .orElseThrow(() -> new IllegalStateException("this network has no stake"));
        return new StakeLedger(rules.stake().orElseThrow(), new StakeRecordsOf(state), epoch);
    }

    /**
     * What the block did.
     *
     * @param changes of records
     * @param receipts one for each transaction, in their order
     * @param history for each address that was touched, the indexes of what touched it, ascending
     * @param validators whom the block's header names: who decides the next block, or by stake the next epoch's blocks
     * @param epoch the block's, where stake decides
     */
    record Outcome(
            List<RecordChange> changes,
            List<Receipt> receipts,
            SequencedMap<Address, List<Integer>> history,
            ValidatorSet validators,
            Optional<EpochState> epoch) {}

    private void payMatured() {
        if (rules.maturityBlocks() == 0 || height <= rules.maturityBlocks()) {
            return;
        }
        StateKey key = StateKey.reward(height - rules.maturityBlocks());
        state.record(key).ifPresent(record -> {
            Reward reward = Stored.read(record, "a maturing reward", Reward::decode);
            state.setRecord(key, Optional.empty());
            pay(reward.proposer(), reward.amount());
        });
    }

    private void pay(Address to, Amount amount) {
        state.credit(to, amount);
        note(to, REWARD_INDEX);
    }

    private void note(Address address, int index) {
        history.computeIfAbsent(address, _ -> new ArrayList<>(2)).add(index);
    }

    /**
     * Executes the next transaction.
     *
     * @throws RejectedException if it breaks a rule; then it has changed nothing
     */
    void apply(Transaction transaction) throws RejectedException {
        state.begin();
        try {
            execute(transaction);
        } catch (RejectedException e) {
            state.takeBack();
            throw e;
        }
        fees = fees.plus(transaction.fee());
        List<Receipt.Touched> accounts = new ArrayList<>(2);
        for (Address address : state.touched()) {
            accounts.add(new Receipt.Touched(address, state.account(address)));
            note(address, receipts.size());
        }
        receipts.add(new Receipt(transaction.id(), transaction.fee(), accounts));
    }

    private void execute(Transaction transaction) throws RejectedException {
        transaction.payload().check(rules);
        checkNonce(transaction);
        Amount minFee = rules.minFee(transaction.size());
        if (transaction.fee().compareTo(minFee) < 0) {
            throw new RejectedException(
                    Reason.FEE_TOO_LOW,
                    "the fee is " + transaction.fee() + ", and " + transaction.size() + " bytes cost at least "
                            + minFee);
        }
        Address sender = transaction.sender();
        Account account = state.account(sender);
        state.setAccount(sender, new Account(account.balance(), Math.addExact(account.nonce(), 1)));
        state.debit(sender, transaction.fee());
        transaction.payload().apply(new Access(transaction));
    }

    private void checkNonce(Transaction transaction) throws RejectedException {
        long next = state.account(transaction.sender()).nonce();
        long nonce = transaction.nonce();
        if (nonce > next) {
            throw new RejectedException(
                    Reason.NONCE_TOO_FAR, "the nonce is " + nonce + ", and the sender's next is " + next);
        }
        if (nonce < next) {
            boolean here = nonce >= state.accountBefore(transaction.sender()).nonce();
            throw new RejectedException(
                    here ? Reason.DUPLICATE : Reason.NONCE_USED,
                    "the nonce is " + nonce + ", which the sender has used " + (here ? "in this block" : "before")
                            + "; the next is " + next);
        }
    }

    /** Ends the block: sees to its reward and to the members' votes. */
    Outcome finish() {
        state.begin();
        Amount supply = supply(state.record(StateKey.SUPPLY));
        // Destroyed coins leave no room for others, or how many were ever made would depend on when they were
        // destroyed.
        Amount room = new Amount(Long.MAX_VALUE).minus(supply).minus(burnedBefore);
        Amount newCoins = rules.newCoins(height);
        newCoins = newCoins.compareTo(room) > 0 ? room : newCoins;
        supply = supply.minus(burned().minus(burnedBefore)).plus(newCoins);
        state.setRecord(StateKey.SUPPLY, Optional.of(encodeSupply(supply)));
        Reward reward = new Reward(proposer, newCoins.plus(fees));
        if (!reward.amount().equals(Amount.ZERO)) {
            if (rules.maturityBlocks() == 0) {
                pay(reward.proposer(), reward.amount());
            } else {
                state.setRecord(StateKey.reward(height), Optional.of(reward.encode()));
            }
        }
        ValidatorSet next =
                turn.map(step -> step.now().next().validators()).orElseGet(() -> Members.settle(validators, state));
        return new Outcome(state.changes(), receipts, history, next, turn.map(SlotTurn::now));
    }

    static byte[] encodeSupply(Amount supply) {
        return new Encoder(Long.BYTES).u64(supply.units()).toBytes();
    }

    static Amount supply(Optional<byte[]> record) {
        return record.map(bytes -> Stored.read(bytes, "the supply", Execution::decodeSupply))
                .orElse(Amount.ZERO);
    }

    private static Amount decodeSupply(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        Amount supply = new Amount(in.u63());
        in.finish();
        return supply;
    }

    /** The block's state as one sender's payload may change it. */
    private final class Access implements StateAccess {
        private final PublicKey senderKey;
        private final Address sender;

        Access(Transaction transaction) {
            this.senderKey = transaction.senderKey();
            this.sender = transaction.sender();
        }

        @Override
        public long height() {
            return height;
        }

        @Override
        public long timeMillis() {
            return timeMillis;
        }

        @Override
        public Address sender() {
            return sender;
        }

        @Override
        public PublicKey senderKey() {
            return senderKey;
        }

        @Override
        public ValidatorSet validators() {
            return validators;
        }

        @Override
        public void debit(Amount amount) throws RejectedException {
            state.debit(sender, amount);
        }

        @Override
        public void credit(Address to, Amount amount) {
            state.credit(to, amount);
        }

        @Override
        public Optional<byte[]> record(StateKey key) {
            return state.record(key).map(byte[]::clone);
        }

        @Override
        public StakeLedger stake() {
            return Execution.this.stake();
        }

        @Override
        public void put(StateKey key, byte[] value) {
            if (key.isLedgerOwn()) {
                throw new IllegalArgumentException("a payload may not write " + key);
            }
            state.setRecord(key, Optional.of(value.clone()));
        }
    }
}
