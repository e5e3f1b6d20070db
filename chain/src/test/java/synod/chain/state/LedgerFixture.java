package synod.chain.state;

import java.nio.charset.StandardCharsets;
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
import synod.chain.codec.ByteString;
import synod.chain.store.Cursor;
import synod.chain.store.KeyRange;
import synod.chain.store.KeyValueReader;
import synod.chain.store.KeyValueStore;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** A network with funded accounts whose keys are known. */
final class LedgerFixture {
    /** Rewards that halve soon and mature after three blocks. */
    static final LedgerRules RULES = new LedgerRules(1 << 20, 2, Amount.ofCoins(50), 40, 3);

    /** Above the minimum fee of every transaction that is made here. */
    static final Amount FEE = new Amount(1_000);

    final LedgerRules rules;
    final GenesisAllocation allocation;
    final Block genesis;
    private final List<SigningKey> keys;

    LedgerFixture(LedgerRules rules, int accounts) {
        this(rules, accounts, 0);
    }

    /** The first accounts are members. */
    LedgerFixture(LedgerRules rules, int accounts, int members) {
        this.rules = rules;
        this.keys = IntStream.range(0, accounts).mapToObj(LedgerFixture::key).toList();
        SortedMap<Address, Amount> balances = new TreeMap<>();
        keys.forEach(key -> balances.put(Address.of(key.publicKey()), Amount.ofCoins(1_000)));
        this.allocation = new GenesisAllocation(
                balances,
                ValidatorSet.ofEqual(
                        keys.stream().limit(members).map(SigningKey::publicKey).toList()));
        this.genesis = genesis(allocation);
    }

    private static SigningKey key(int number) {
        return SigningKey.of(hash("key " + number).bytes());
    }

    static Hash hash(String text) {
        return Sha256.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static Block genesis(GenesisAllocation allocation) {
        HeaderCore core = new HeaderCore(
                Hash.ZERO,
                0,
                0,
                0,
                Address.NONE,
                MerkleTree.EMPTY_ROOT,
                allocation.stateRoot(),
                MerkleTree.EMPTY_ROOT,
                allocation.validators().root(),
                ByteString.EMPTY);
        return new Block(new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, 0, 0), List.of());
    }

    Ledger open(KeyValueReader store) {
        return Ledger.open(store, rules, allocation, genesis);
    }

    PublicKey publicKey(int account) {
        return keys.get(account).publicKey();
    }

    Transaction vote(int voter, long nonce, MemberVote.Change change, PublicKey about) {
        return sign(voter, nonce, FEE, new MemberVote(change, about));
    }

    Address address(int account) {
        return Address.of(keys.get(account).publicKey());
    }

    int accounts() {
        return keys.size();
    }

    Transaction sign(int sender, long nonce, Amount fee, Payload payload) {
        return Transaction.sign(keys.get(sender), genesis.id(), nonce, fee, payload);
    }

    Transaction transfer(int sender, long nonce, Address to, long units) {
        return sign(sender, nonce, FEE, new Transfer(to, new Amount(units)));
    }

    Transaction anchor(int sender, long nonce, String text) {
        return sign(sender, nonce, FEE, new Anchor(hash(text), text));
    }

    /** What a block by this proposer, a second after the parent, adds to its parent. */
    BlockTemplate template(Ledger ledger, Address proposer) {
        return new BlockTemplate(proposer, (ledger.height() + 1) * 1000, 0, ByteString.EMPTY);
    }

    /** A block on the head with these transactions, all of which must be good. */
    Block draft(Ledger ledger, Address proposer, List<Transaction> transactions) {
        BlockDraft draft = ledger.draft(template(ledger, proposer), transactions, Integer.MAX_VALUE);
        if (draft.block().transactions().size() != transactions.size()) {
            throw new IllegalArgumentException("skipped " + draft.skipped());
        }
        return draft.block();
    }

    /** Settles and writes at once. */
    static void settle(Ledger ledger, KeyValueStore store, long height, long finalHeight) {
        store.write(ledger.settle(height, finalHeight), false);
        ledger.settled(height);
    }

    /** Every row of a store. */
    static SortedMap<ByteString, ByteString> rows(KeyValueReader store) {
        SortedMap<ByteString, ByteString> rows = new TreeMap<>();
        try (Cursor cursor = store.scan(KeyRange.all())) {
            while (cursor.next()) {
                rows.put(ByteString.of(cursor.key()), ByteString.of(cursor.value()));
            }
        }
        return rows;
    }

    /** The block with another header core, all else the same. */
    static Block with(Block block, HeaderCore core) {
        return with(block, core, block.transactions());
    }

    static Block with(Block block, HeaderCore core, List<Transaction> transactions) {
        BlockHeader header = block.header();
        return new Block(
                new BlockHeader(header.version(), header.parent(), core, header.bits(), header.nonce()), transactions);
    }

    /** The header that names these transactions, though the roots of its results are another block's. */
    static Block withTransactions(Block block, List<Transaction> transactions) {
        HeaderCore core = block.header().core();
        List<byte[]> leaves = new ArrayList<>();
        transactions.forEach(transaction -> leaves.add(transaction.encode()));
        return with(
                block,
                new HeaderCore(
                        core.chainId(),
                        core.height(),
                        core.extraNonce(),
                        core.timeMillis(),
                        core.proposer(),
                        MerkleTree.root(leaves),
                        core.stateRoot(),
                        core.receiptsRoot(),
                        core.validatorsRoot(),
                        core.engineField()),
                transactions);
    }
}
