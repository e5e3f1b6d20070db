package synod.chain.state;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;

/** The ledger's rules once more, as plainly as possible: one map of accounts, copied whole for every block. */
final class NaiveLedger {
    private final LedgerRules rules;
    private final SortedMap<Address, Long> balances = new TreeMap<>();
    private final SortedMap<Address, Long> nonces = new TreeMap<>();
    private final SortedMap<Long, Reward> maturing = new TreeMap<>();
    private final SortedMap<StateKey, ByteString> anchors = new TreeMap<>();
    private long supply;

    private NaiveLedger(LedgerRules rules) {
        this.rules = rules;
    }

    static NaiveLedger genesis(LedgerFixture fixture) {
        NaiveLedger ledger = new NaiveLedger(fixture.rules);
        fixture.allocation.balances().forEach((address, amount) -> {
            ledger.balances.put(address, amount.units());
            ledger.supply += amount.units();
        });
        return ledger;
    }

    /** The state after a block that breaks no rule. */
    NaiveLedger after(Block block) {
        NaiveLedger next = new NaiveLedger(rules);
        next.balances.putAll(balances);
        next.nonces.putAll(nonces);
        next.maturing.putAll(maturing);
        next.anchors.putAll(anchors);
        next.supply = supply;
        next.execute(block);
        return next;
    }

    private void execute(Block block) {
        long height = block.height();
        Reward matured = maturing.remove(height - rules.maturityBlocks());
        if (matured != null) {
            add(matured.proposer(), matured.amount().units());
        }
        long earned = rules.reward().units() >> (height - 1) / rules.halvingBlocks();
        supply += earned;
        for (Transaction transaction : block.transactions()) {
            Address sender = transaction.sender();
            nonces.merge(sender, 1L, Long::sum);
            add(sender, -transaction.fee().units());
            earned += transaction.fee().units();
            switch (transaction.payload()) {
                case Transfer transfer -> {
                    add(sender, -transfer.amount().units());
                    add(transfer.to(), transfer.amount().units());
                }
                case Anchor anchor ->
                    anchors.put(
                            StateKey.of('d', anchor.digest(), sender.digest()),
                            ByteString.of(new Encoder(32)
                                    .u64(height)
                                    .u64(block.header().timeMillis())
                                    .bytes8(anchor.memo().getBytes(StandardCharsets.UTF_8))
                                    .toBytes()));
            }
        }
        Address proposer = block.header().core().proposer();
        if (rules.maturityBlocks() == 0) {
            add(proposer, earned);
        } else if (earned > 0) {
            maturing.put(height, new Reward(proposer, new Amount(earned)));
        }
    }

    private void add(Address address, long units) {
        balances.merge(address, units, Long::sum);
    }

    long balance(Address address) {
        return balances.getOrDefault(address, 0L);
    }

    long nonce(Address address) {
        return nonces.getOrDefault(address, 0L);
    }

    SortedMap<StateKey, ByteString> records() {
        SortedMap<StateKey, ByteString> records = new TreeMap<>(anchors);
        balances.forEach((address, units) -> records.put(
                StateKey.account(address),
                ByteString.of(new Encoder(16).u64(units).u64(nonce(address)).toBytes())));
        maturing.forEach((height, reward) -> records.put(
                StateKey.reward(height),
                ByteString.of(new Encoder(40)
                        .hash(reward.proposer().digest())
                        .u64(reward.amount().units())
                        .toBytes())));
        records.put(
                StateKey.of(new byte[] {'s'}),
                ByteString.of(new Encoder(8).u64(supply).toBytes()));
        return records;
    }

    Hash root() {
        return NaiveTree.root(records());
    }
}
