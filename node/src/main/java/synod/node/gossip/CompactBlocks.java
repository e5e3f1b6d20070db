package synod.node.gossip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.transaction.Transaction;
import synod.consensus.Buffer;
import synod.crypto.Hash;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.SealedHeader;
import synod.node.wire.ShortId;
import synod.node.wire.WireMessage.BlockTransactions;
import synod.node.wire.WireMessage.CompactBlock;
import synod.node.wire.WireMessage.GetBlockTransactions;
import synod.p2p.NodeId;

/**
 * Puts blocks together from their compact form: most transactions are in the mempool already, and only the missing ones
 * travel. A block whose parts do not add up (short ids can collide) is fetched whole.
 */
public final class CompactBlocks {
    private static final int MAX_PARTIAL = 8;

    private final Outbox out;
    private final Map<Hash, Partial> partials = new LinkedHashMap<>();

    private record Partial(
            NodeId from, SealedHeader header, @Nullable Transaction[] slots, List<Integer> missing) {}

    /** What came of a compact block. */
    public sealed interface Outcome {
        /** All is here. Whether the transactions are the header's is for the receiver to check. */
        record Whole(SealedBlock block) implements Outcome {}

        /** Missing transactions were asked for. */
        record Asked() implements Outcome {}

        /** It cannot be put together. */
        record Failed() implements Outcome {}
    }

    /** A maker of blocks that has none under way. */
    public CompactBlocks(Outbox out) {
        this.out = out;
    }

    /** How full the list of blocks is of which something lacks. */
    public Buffer buffer() {
        return new Buffer("compact blocks being completed", partials.size(), MAX_PARTIAL);
    }

    /** The compact form of a block. */
    public static CompactBlock compact(SealedBlock sealed) {
        Block block = sealed.block();
        return new CompactBlock(
                new SealedHeader(block.header(), sealed.seal()),
                block.transactions().stream()
                        .map(transaction -> ShortId.of(block.id(), transaction.id()))
                        .toList());
    }

    /** A block that was asked for came in compact form. */
    public Outcome onCompact(NodeId from, CompactBlock message, Iterable<Transaction> waiting) {
        Hash id = message.header().header().id();
        Map<ShortId, Transaction> known = new HashMap<>();
        if (!message.transactions().isEmpty()) {
            waiting.forEach(transaction -> known.put(ShortId.of(id, transaction.id()), transaction));
        }
        @Nullable Transaction[] slots = new Transaction[message.transactions().size()];
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            slots[i] = known.get(message.transactions().get(i));
            if (slots[i] == null) {
                missing.add(i);
            }
        }
        Partial partial = new Partial(from, message.header(), slots, missing);
        if (missing.isEmpty()) {
            return new Outcome.Whole(whole(partial));
        }
        partials.put(id, partial);
        if (partials.size() > MAX_PARTIAL) {
            partials.remove(partials.keySet().iterator().next());
        }
        out.add(new Output.Send(from, new GetBlockTransactions(id, missing)));
        return new Outcome.Asked();
    }

    /** Whether missing transactions of this block are on their way. */
    public boolean isPartial(Hash id) {
        return partials.containsKey(id);
    }

    /** Missing transactions came. */
    public Outcome onTransactions(NodeId from, BlockTransactions message) {
        Partial partial = partials.get(message.block());
        if (partial == null || !partial.from().equals(from)) {
            return new Outcome.Asked();
        }
        partials.remove(message.block());
        if (message.transactions().size() != partial.missing().size()) {
            return new Outcome.Failed();
        }
        for (int i = 0; i < partial.missing().size(); i++) {
            partial.slots()[partial.missing().get(i)] = message.transactions().get(i);
        }
        return new Outcome.Whole(whole(partial));
    }

    /** A peer went, and with it what it would have sent. */
    public void disconnected(NodeId peer) {
        partials.values().removeIf(partial -> partial.from().equals(peer));
    }

    private static SealedBlock whole(Partial partial) {
        List<Transaction> transactions = new ArrayList<>(partial.slots().length);
        for (Transaction transaction : partial.slots()) {
            if (transaction == null) {
                throw new IllegalStateException("a compact block was taken for whole with a transaction missing");
            }
            transactions.add(transaction);
        }
        return new SealedBlock(
                new Block(partial.header().header(), transactions),
                partial.header().seal());
    }
}
