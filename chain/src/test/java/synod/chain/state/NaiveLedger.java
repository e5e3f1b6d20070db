package synod.chain.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.transaction.Unbond;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.PublicKey;

/** The ledger's rules once more, as plainly as possible: one map of accounts, copied whole for every block. */
final class NaiveLedger {
    private final LedgerRules rules;
    private final SortedMap<Address, Long> balances = new TreeMap<>();
    private final SortedMap<Address, Long> nonces = new TreeMap<>();
    private final SortedMap<Long, Reward> maturing = new TreeMap<>();
    private final SortedMap<StateKey, ByteString> anchors = new TreeMap<>();
    private final SortedMap<PublicKey, Optional<MemberVote>> members = new TreeMap<>();
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
        fixture.allocation
                .validators()
                .validators()
                .forEach(member -> ledger.members.put(member.key(), Optional.empty()));
        return ledger;
    }

    /** The state after a block that breaks no rule. */
    NaiveLedger after(Block block) {
        NaiveLedger next = new NaiveLedger(rules);
        next.balances.putAll(balances);
        next.nonces.putAll(nonces);
        next.maturing.putAll(maturing);
        next.anchors.putAll(anchors);
        next.members.putAll(members);
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
                case MemberVote vote ->
                    members.put(
                            transaction.senderKey(),
                            members.containsKey(vote.key()) == (vote.change() == MemberVote.Change.ADD)
                                    ? Optional.empty()
                                    : Optional.of(vote));
                case Bond _, Unbond _, EvidenceReport _ ->
                    throw new IllegalStateException("a chain without stake: " + transaction);
            }
        }
        Address proposer = block.header().core().proposer();
        if (rules.maturityBlocks() == 0) {
            add(proposer, earned);
        } else if (earned > 0) {
            maturing.put(height, new Reward(proposer, new Amount(earned)));
        }
        countVotes();
    }

    private void countVotes() {
        int size = members.size();
        int quorum = (size + (size - 1) / 3) / 2 + 1;
        for (Optional<MemberVote> standing : List.copyOf(members.values())) {
            if (standing.isPresent()
                    && members.values().stream().filter(standing::equals).count() >= quorum) {
                MemberVote vote = standing.get();
                members.replaceAll(
                        (_, other) -> other.filter(about -> !about.key().equals(vote.key())));
                if (vote.change() == MemberVote.Change.ADD) {
                    members.put(vote.key(), Optional.empty());
                } else if (size > 1) {
                    members.remove(vote.key());
                }
                return;
            }
        }
    }

    Hash validatorsRoot() {
        return MerkleTree.root(members.keySet().stream()
                .map(key -> new Encoder(40).raw(key.bytes()).u64(1).toBytes())
                .toList());
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
        members.forEach((key, vote) -> {
            Encoder record = new Encoder(41).u64(1);
            vote.ifPresentOrElse(
                    standing -> record.u8(standing.change() == MemberVote.Change.ADD ? 1 : 2)
                            .raw(standing.key().bytes()),
                    () -> record.u8(0));
            records.put(StateKey.of('v', Hash.of(key.bytes())), ByteString.of(record.toBytes()));
        });
        records.put(
                StateKey.of(new byte[] {'s'}),
                ByteString.of(new Encoder(8).u64(supply).toBytes()));
        return records;
    }

    Hash root() {
        return NaiveTree.root(records());
    }
}
