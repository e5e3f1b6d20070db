package synod.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeGenesis;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.store.KeyValueReader;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Unbond;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.PublicKey;
import synod.crypto.SigningKey;
import synod.crypto.VrfKey;

/**
 * A network where stake decides, with accounts of 1,000 coins, the first of which have 100 coins at stake as well. Proofs
 * are none, but outputs win: the ledger looks at outputs alone.
 */
final class StakeFixture {
    static final Amount FEE = new Amount(1_000);
    static final Amount STAKE = Amount.ofCoins(100);
    static final SlotClock CLOCK = new SlotClock(5_000, 1_000, 9);

    /** Unbonding takes three epochs; slashing takes a quarter, a fifth of which is the reporter's. */
    static final StakeRules STAKE_RULES =
            new StakeRules(CLOCK, new Ratio(1, 2), 3, new Ratio(1, 4), new Ratio(1, 5), Amount.ofCoins(10));

    static final LedgerRules RULES = new LedgerRules(1 << 20, 2, Amount.ofCoins(50), 0, 3).withStake(STAKE_RULES);

    final List<SigningKey> keys;
    final GenesisAllocation allocation;
    final Block genesis;

    StakeFixture(int accounts, int validators) {
        this.keys = IntStream.range(0, accounts)
                .mapToObj(i -> SigningKey.of(LedgerFixture.hash("staker " + i).bytes()))
                .toList();
        SortedMap<Address, Amount> balances = new TreeMap<>();
        keys.forEach(key -> balances.put(Address.of(key.publicKey()), Amount.ofCoins(1_000)));
        StakeSnapshot staked = StakeSnapshot.of(IntStream.range(0, validators)
                .mapToObj(i -> new Staker(key(i), vrfKey(i), STAKE))
                .toList());
        this.allocation = new GenesisAllocation(balances, new StakeGenesis(STAKE_RULES, staked));
        HeaderCore core = new HeaderCore(
                Hash.ZERO,
                0,
                0,
                CLOCK.originMillis(),
                Address.NONE,
                MerkleTree.EMPTY_ROOT,
                allocation.stateRoot(),
                MerkleTree.EMPTY_ROOT,
                allocation.validators().root(),
                ByteString.EMPTY);
        this.genesis = new Block(new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, 0, 0), List.of());
    }

    Ledger open(KeyValueReader store) {
        return Ledger.open(store, RULES, allocation, genesis);
    }

    Ledger open() {
        return open(new MemoryKeyValueStore());
    }

    PublicKey key(int account) {
        return keys.get(account).publicKey();
    }

    Address address(int account) {
        return Address.of(key(account));
    }

    /** Public keys of prime order are all that the ledger wants of them. */
    PublicKey vrfKey(int account) {
        return VrfKey.ofSigningKey(keys.get(account)).publicKey();
    }

    Transaction sign(Ledger ledger, int account, Payload payload) {
        return sign(account, ledger.account(address(account)).nonce(), payload);
    }

    Transaction sign(int account, long nonce, Payload payload) {
        return Transaction.sign(keys.get(account), genesis.id(), nonce, FEE, payload);
    }

    Transaction bond(Ledger ledger, int account, Amount amount) {
        return sign(ledger, account, new Bond(amount, vrfKey(account)));
    }

    Transaction unbond(Ledger ledger, int account, Amount amount) {
        return sign(ledger, account, new Unbond(amount));
    }

    /** A report that somebody claimed two blocks for one slot. */
    Transaction report(Ledger ledger, int reporter, int accused) {
        return sign(ledger, reporter, new EvidenceReport(twoBlocks(accused, 4)));
    }

    StakeEvidence twoBlocks(int accused, long slot) {
        SlotClaim first = new SlotClaim(slot, LedgerFixture.hash("first"));
        SlotClaim second = new SlotClaim(slot, LedgerFixture.hash("second"));
        return new StakeEvidence(
                key(accused),
                first,
                keys.get(accused).sign(first.signedBytes(genesis.id())),
                second,
                keys.get(accused).sign(second.signedBytes(genesis.id())));
    }

    /** An output that wins, told from others by the slot. */
    static ByteString output(long slot) {
        byte[] output = new byte[64];
        output[16] = (byte) slot;
        output[17] = (byte) (slot >> 8);
        return ByteString.of(output);
    }

    LeaderProof proof(Ledger ledger, int account, long slot) {
        StakeView stake = ledger.stake().orElseThrow();
        Hash nonce = stake.epoch(CLOCK.epoch(slot)).nonce();
        return new LeaderProof(nonce, vrfKey(account), ByteString.of(new byte[80]), output(slot), Hash.ZERO);
    }

    BlockTemplate template(Ledger ledger, int proposer, long slot) {
        return new BlockTemplate(
                address(proposer),
                CLOCK.startMillis(slot) + 7,
                0,
                proof(ledger, proposer, slot).encode());
    }

    /** A block on the head in a slot with these transactions, all of which must be good. */
    Block draft(Ledger ledger, int proposer, long slot, Transaction... transactions) {
        BlockDraft draft = ledger.draft(template(ledger, proposer, slot), List.of(transactions), 100);
        if (!draft.skipped().isEmpty()) {
            throw new IllegalArgumentException("skipped " + draft.skipped());
        }
        return draft.block();
    }

    /** Makes such a block the head. */
    Block push(Ledger ledger, int proposer, long slot, Transaction... transactions) {
        Block block = draft(ledger, proposer, slot, transactions);
        try {
            ledger.push(block);
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
        ledger.audit().require();
        return block;
    }

    /** Those whose transactions a block would refuse, with the reason. */
    List<BlockDraft.Skipped> skipped(Ledger ledger, int proposer, long slot, Transaction... transactions) {
        return new ArrayList<>(ledger.draft(template(ledger, proposer, slot), List.of(transactions), 100)
                .skipped());
    }
}
