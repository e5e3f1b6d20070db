package synod.node.rpc.method;

import java.util.List;
import java.util.Optional;
import synod.chain.codec.ByteString;
import synod.chain.state.Account;
import synod.chain.state.LedgerView.MaturingReward;
import synod.chain.state.StateProof;
import synod.chain.tree.BlockNode;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.replica.Network;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.result.AddressText;
import synod.node.rpc.result.BlockJson;
import synod.node.rpc.result.LedgerJson;

/** {@code ledger_*}: the network, blocks, accounts, and proofs about the state. */
public final class LedgerMethods {
    private static final Param<Hash> ID = Param.hash("id", "The block's id").optional();
    private static final Param<Long> HEIGHT = Param.integer(
                    "height", "A height of the adopted branch", 0, Long.MAX_VALUE)
            .optional();
    private static final Param<Boolean> TRANSACTIONS = Param.flag(
                    "transactions", "Whether to include the transactions and not only their ids; false by default")
            .optional();
    private static final Param<String> ADDRESS = AddressParam.of("address", "An address of this network");
    private static final Param<Hash> PROVED_DIGEST = Param.hash(
                    "digest", "Proves the address's anchor of this digest instead of its account")
            .optional();
    private static final Param<String> SENDER = AddressParam.of("sender", "Who anchored it");
    private static final Param<Hash> DIGEST = Param.hash("digest", "What was anchored");

    private final ReplicaAccess replica;
    private final String version;

    /** The methods over this replica, of software of this version. */
    public LedgerMethods(ReplicaAccess replica, String version) {
        this.replica = replica;
        this.version = version;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(
                Method.of(
                                "ledger_getNetwork",
                                "The network that this node belongs to.",
                                List.of(),
                                ResultType.of(LedgerJson.NetworkInfo.class),
                                call -> LedgerJson.NetworkInfo.of(replica.network(call), version))
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "ledger_getHead",
                                "The last block of the adopted branch.",
                                List.of(),
                                ResultType.of(BlockJson.Summary.class),
                                this::head)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "ledger_getBlock",
                                "A block by its id, or by its height on the adopted branch.",
                                List.of(ID, HEIGHT, TRANSACTIONS),
                                ResultType.of(BlockJson.Full.class),
                                this::block)
                        .failingWith(ErrorCode.NOT_READY, ErrorCode.NOT_FOUND),
                Method.of(
                                "ledger_getHeader",
                                "A header by its id, or by its height on the adopted branch.",
                                List.of(ID, HEIGHT),
                                ResultType.of(BlockJson.Header.class),
                                this::header)
                        .failingWith(ErrorCode.NOT_READY, ErrorCode.NOT_FOUND),
                Method.of(
                                "ledger_getAccount",
                                "An account as it is after the head; one that nobody ever paid is empty.",
                                List.of(ADDRESS),
                                ResultType.of(LedgerJson.AccountInfo.class),
                                this::account)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "ledger_getProof",
                                "Proof that an account or an anchor is, or is not, in the state after the head.",
                                List.of(ADDRESS, PROVED_DIGEST),
                                ResultType.of(LedgerJson.Proof.class),
                                this::proof)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "ledger_getAnchor",
                                "When and with which memo a digest was anchored; null if it was not.",
                                List.of(SENDER, DIGEST),
                                ResultType.nullable(LedgerJson.AnchorInfo.class),
                                this::anchor)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "ledger_getSupply",
                                "All coins that exist.",
                                List.of(),
                                ResultType.of(LedgerJson.Supply.class),
                                call -> new LedgerJson.Supply(
                                        replica.read(call, view -> view.ledger().supply())))
                        .failingWith(ErrorCode.NOT_READY));
    }

    private BlockJson.Summary head(Call call) throws RpcException {
        Network network = replica.network(call);
        BlockReads.Found found = replica.read(
                call, view -> BlockReads.complete(view, view.blocks().head().id()));
        return BlockJson.Summary.of(network, found.block().block(), found.finality());
    }

    private BlockJson.Full block(Call call) throws RpcException {
        Network network = replica.network(call);
        Optional<Hash> id = wanted(call);
        long height = call.arguments().find(HEIGHT).orElse(0L);
        Optional<BlockReads.Found> found = replica.read(
                call,
                view -> id.or(() -> view.blocks().canonical(height).map(BlockNode::id))
                        .flatMap(block -> BlockReads.find(view, block)));
        BlockReads.Found block = found.orElseThrow(() -> unknownBlock(call));
        boolean full = call.arguments().find(TRANSACTIONS).orElse(false);
        return BlockJson.Full.of(network, block.block(), block.finality(), full);
    }

    private BlockJson.Header header(Call call) throws RpcException {
        Network network = replica.network(call);
        Optional<Hash> id = wanted(call);
        long height = call.arguments().find(HEIGHT).orElse(0L);
        Optional<BlockJson.Header> found = replica.read(
                call,
                view -> id.map(wanted -> view.blocks().node(wanted))
                        .orElseGet(() -> view.blocks().canonical(height))
                        .map(node ->
                                BlockJson.Header.of(network, node.header(), node.seal(), view.finality(node.id()))));
        return found.orElseThrow(() -> unknownBlock(call));
    }

    /** The id asked for, empty if it is the height that was given. */
    private static Optional<Hash> wanted(Call call) throws RpcException {
        Optional<Hash> id = call.arguments().find(ID);
        if (id.isPresent() == call.arguments().find(HEIGHT).isPresent()) {
            throw RpcException.invalidParam(ID.name(), "give either 'id' or 'height'");
        }
        return id;
    }

    private static RpcException unknownBlock(Call call) {
        String what = call.arguments()
                .find(ID)
                .map(id -> "block " + id)
                .orElseGet(() ->
                        "a block at height " + call.arguments().find(HEIGHT).orElse(0L) + " of the adopted branch");
        return new RpcException(ErrorCode.NOT_FOUND, "unknown-block", what + " is not known here");
    }

    private record AccountRead(Account account, long nextNonce, List<MaturingReward> maturing) {}

    private LedgerJson.AccountInfo account(Call call) throws RpcException {
        Network network = replica.network(call);
        Address address = replica.address(call, ADDRESS);
        AccountRead read = replica.read(
                call,
                view -> new AccountRead(
                        view.ledger().account(address),
                        view.mempool().nextNonce(address),
                        view.ledger().maturing(address)));
        return new LedgerJson.AccountInfo(
                AddressText.of(network, address),
                read.account().balance(),
                read.account().nonce(),
                read.nextNonce(),
                read.maturing().stream().map(LedgerJson.Maturing::of).toList());
    }

    private record ProofRead(StateProof proof, BlockNode head) {}

    private LedgerJson.Proof proof(Call call) throws RpcException {
        Address address = replica.address(call, ADDRESS);
        Optional<Hash> digest = call.arguments().find(PROVED_DIGEST);
        ProofRead read = replica.read(
                call,
                view -> new ProofRead(
                        digest.map(wanted -> view.ledger().prove(address, wanted))
                                .orElseGet(() -> view.ledger().prove(address)),
                        view.blocks().head()));
        return new LedgerJson.Proof(
                ByteString.of(read.proof().key().bytes()),
                read.proof().value().isPresent(),
                read.proof().value(),
                read.head().header().core().stateRoot(),
                read.head().height(),
                ByteString.of(read.head().header().encode()),
                ByteString.of(read.proof().encode()));
    }

    private Optional<LedgerJson.AnchorInfo> anchor(Call call) throws RpcException {
        Address sender = replica.address(call, SENDER);
        Hash digest = call.arguments().get(DIGEST);
        return replica.read(call, view -> view.ledger().anchor(sender, digest))
                .map(record -> new LedgerJson.AnchorInfo(record.height(), record.timeMillis(), record.memo()));
    }
}
