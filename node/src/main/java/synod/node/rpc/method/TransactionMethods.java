package synod.node.rpc.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.mempool.Wait;
import synod.chain.state.LedgerView.HistoryEntry;
import synod.chain.state.LedgerView.TransactionLocation;
import synod.chain.transaction.Transaction;
import synod.chain.tree.BlockNode;
import synod.consensus.EngineStatus;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleProof;
import synod.crypto.MerkleTree;
import synod.node.replica.Network;
import synod.node.replica.ReplicaView;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.method.BlockReads.Found;
import synod.node.rpc.result.BlockJson;
import synod.node.rpc.result.FinalityJson;
import synod.node.rpc.result.LedgerJson;
import synod.node.rpc.result.TransactionJson;

/** {@code ledger_*}: transactions, proofs that they are included, and an address's history. */
public final class TransactionMethods {
    private static final int DEFAULT_HISTORY = 50;
    private static final int MAX_HISTORY = 200;

    private static final Param<Hash> ID = Param.hash("id", "The transaction's id");
    private static final Param<String> ADDRESS = AddressParam.of("address", "Whose history");
    private static final Param<Long> BEFORE = Param.integer(
                    "beforeHeight", "Only what happened below this height", 0, Long.MAX_VALUE)
            .optional();
    private static final Param<Long> BEFORE_INDEX = Param.integer(
                    "beforeIndex",
                    "With beforeHeight: at that height, only what has a lower index; the last answer's lowest",
                    -1,
                    Integer.MAX_VALUE)
            .optional();
    private static final Param<Long> LIMIT = Param.integer(
                    "limit", "At most so many entries; " + DEFAULT_HISTORY + " by default", 1, MAX_HISTORY)
            .optional();

    private final ReplicaAccess replica;

    /** The methods over this replica. */
    public TransactionMethods(ReplicaAccess replica) {
        this.replica = replica;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(
                Method.of(
                                "ledger_getTransaction",
                                "A transaction and where it stands: included, pending or unknown.",
                                List.of(ID),
                                ResultType.of(TransactionJson.Status.class),
                                this::transaction)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "ledger_getTransactionProof",
                                "Proof that a transaction is in a block of the adopted branch.",
                                List.of(ID),
                                ResultType.of(TransactionJson.InclusionProof.class),
                                this::proof)
                        .failingWith(ErrorCode.NOT_READY, ErrorCode.NOT_FOUND),
                Method.of(
                                "ledger_getHistory",
                                "What touched an address, newest first.",
                                List.of(ADDRESS, BEFORE, LIMIT, BEFORE_INDEX),
                                ResultType.listOf(LedgerJson.HistoryItem.class),
                                this::history)
                        .failingWith(ErrorCode.NOT_READY));
    }

    private record Located(Found found, int index) {
        Transaction transaction() {
            return block().transactions().get(index);
        }

        Block block() {
            return found.block().block();
        }
    }

    private static Optional<Located> locate(ReplicaView view, Hash id) {
        Optional<TransactionLocation> location = view.ledger().locate(id);
        return location.map(at -> new Located(
                BlockReads.complete(view, canonical(view, at.height()).id()), at.index()));
    }

    private static BlockNode canonical(ReplicaView view, long height) {
        return view.blocks()
                .canonical(height)
                .orElseThrow(() -> new IllegalStateException("the index names height " + height + " above the head"));
    }

    private record Standing(
            Optional<Located> located, Optional<Transaction> pending, Optional<Wait> waiting, EngineStatus engine) {}

    private TransactionJson.Status transaction(Call call) throws RpcException {
        Network network = replica.network(call);
        Hash id = call.arguments().get(ID);
        Standing standing = replica.read(
                call,
                view -> new Standing(
                        locate(view, id),
                        view.mempool().transaction(id),
                        view.mempool().why(id),
                        view.engine()));
        if (standing.located().isPresent()) {
            Located located = standing.located().get();
            return TransactionJson.Status.included(
                    id,
                    TransactionJson.Content.of(network, located.transaction()),
                    new BlockJson.Reference(
                            located.block().id(), located.block().height()),
                    located.index(),
                    FinalityJson.of(located.found().finality()));
        }
        return standing.pending()
                .map(transaction -> TransactionJson.Status.pending(
                        id,
                        TransactionJson.Content.of(network, transaction),
                        standing.waiting().map(wait -> TransactionJson.Waiting.of(wait, standing.engine()))))
                .orElseGet(() -> TransactionJson.Status.unknown(id));
    }

    private TransactionJson.InclusionProof proof(Call call) throws RpcException {
        Hash id = call.arguments().get(ID);
        Located located = replica.read(call, view -> locate(view, id))
                .orElseThrow(() -> new RpcException(
                        ErrorCode.NOT_FOUND,
                        "unknown-transaction",
                        "transaction " + id + " is in no block of the adopted branch"));
        List<byte[]> leaves =
                located.block().transactions().stream().map(Transaction::encode).toList();
        MerkleProof proof = MerkleTree.of(leaves).proof(located.index());
        return new TransactionJson.InclusionProof(
                id, ByteString.of(located.block().header().encode()), located.index(), leaves.size(), proof.path());
    }

    /**
     * Where an entry of a history is found.
     *
     * @param block the one that holds the transaction; of a reward, the one that earned it
     */
    private record Entry(HistoryEntry entry, Hash block) {}

    private List<LedgerJson.HistoryItem> history(Call call) throws RpcException {
        Network network = replica.network(call);
        Address address = replica.address(call, ADDRESS);
        HistoryEntry before = before(call);
        int limit = Math.toIntExact(call.arguments().find(LIMIT).orElse((long) DEFAULT_HISTORY));
        List<Entry> entries = replica.read(
                call,
                view -> view.ledger().history(address, before, limit).stream()
                        .map(entry -> new Entry(entry, blockOf(view, entry)))
                        .toList());
        HistoryItems items = new HistoryItems(network, address);
        List<LedgerJson.HistoryItem> history = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            // One query a block: reading many from disk at once would hold up the replica.
            Found found = replica.read(call, view -> BlockReads.complete(view, entry.block()));
            history.add(items.item(found, entry.entry()));
        }
        return history;
    }

    private static Hash blockOf(ReplicaView view, HistoryEntry entry) {
        boolean reward = entry.index() < 0;
        int maturity = view.network().rules().maturityBlocks();
        return canonical(view, reward ? entry.height() - maturity : entry.height())
                .id();
    }

    private static HistoryEntry before(Call call) throws RpcException {
        Optional<Long> height = call.arguments().find(BEFORE);
        Optional<Long> index = call.arguments().find(BEFORE_INDEX);
        if (index.isPresent() && height.isEmpty()) {
            throw RpcException.invalidParam(BEFORE_INDEX.name(), "'beforeIndex' needs 'beforeHeight'");
        }
        return height.map(below ->
                        new HistoryEntry(below, index.map(Math::toIntExact).orElse(Integer.MIN_VALUE)))
                .orElse(HistoryEntry.NONE);
    }
}
