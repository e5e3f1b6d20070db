package synod.node.rpc.method;

import java.util.Optional;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.state.LedgerView.HistoryEntry;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.transaction.Unbond;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Network;
import synod.node.rpc.result.AddressText;
import synod.node.rpc.result.FinalityJson;
import synod.node.rpc.result.LedgerJson.HistoryItem;
import synod.node.rpc.result.TransactionJson;

/** Tells what a transaction or a reward meant to one address. */
final class HistoryItems {
    private final Network network;
    private final Address address;

    HistoryItems(Network network, Address address) {
        this.network = network;
        this.address = address;
    }

    /**
     * An entry of the history.
     *
     * @param found the block that holds the transaction; of a reward, the one that earned it
     */
    HistoryItem item(BlockReads.Found found, HistoryEntry entry) {
        Block block = found.block().block();
        if (entry.index() < 0) {
            Meaning meaning = new Meaning("reward", "in", Optional.empty(), Optional.of(reward(block)));
            return item(found, entry, meaning, Optional.empty());
        }
        Transaction transaction = block.transactions().get(entry.index());
        return item(found, entry, meaning(transaction), Optional.of(transaction));
    }

    private record Meaning(String kind, String direction, Optional<Address> counterparty, Optional<Amount> amount) {}

    private Meaning meaning(Transaction transaction) {
        String kind = TransactionJson.kindOf(transaction);
        boolean sent = transaction.sender().equals(address);
        return switch (transaction.payload()) {
            case Transfer(Address to, Amount amount) -> {
                String direction = !sent ? "in" : to.equals(address) ? "self" : "out";
                yield new Meaning(kind, direction, Optional.of(sent ? to : transaction.sender()), Optional.of(amount));
            }
            case Bond(Amount amount, PublicKey _) -> new Meaning(kind, "out", Optional.empty(), Optional.of(amount));
            case Anchor _, MemberVote _, Unbond _, EvidenceReport _ ->
                new Meaning(kind, "self", Optional.empty(), Optional.empty());
        };
    }

    private HistoryItem item(
            BlockReads.Found found, HistoryEntry entry, Meaning meaning, Optional<Transaction> transaction) {
        Block block = found.block().block();
        Optional<Anchor> anchor = transaction
                .map(Transaction::payload)
                .filter(Anchor.class::isInstance)
                .map(Anchor.class::cast);
        return new HistoryItem(
                entry.height(),
                block.id(),
                block.header().timeMillis(),
                entry.index(),
                meaning.kind(),
                meaning.direction(),
                meaning.counterparty().map(other -> AddressText.of(network, other)),
                meaning.amount(),
                transaction.map(Transaction::fee),
                anchor.map(Anchor::memo),
                anchor.<Hash>map(Anchor::digest),
                transaction.map(Transaction::id),
                FinalityJson.of(found.finality()));
    }

    /** New coins and fees. */
    private Amount reward(Block block) {
        Amount sum = network.rules().newCoins(block.height());
        for (Transaction transaction : block.transactions()) {
            sum = sum.plus(transaction.fee());
        }
        return sum;
    }
}
