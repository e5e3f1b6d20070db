package synod.node.rpc.method;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import synod.chain.tree.BlockNode;
import synod.consensus.EngineStatus;
import synod.consensus.Finality;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Network;
import synod.node.replica.SyncStatus;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.port.NetworkPort;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.result.FinalityJson;
import synod.node.rpc.result.MemberJson;
import synod.node.rpc.result.NodeJson;
import synod.node.rpc.result.StakeJson;

/** {@code consensus_*}: what the engine does. */
public final class ConsensusMethods {
    private static final Param<Hash> KEY = Param.hash(
                    "key", "The public key of the one to show; by default all whose stake counts now or soon")
            .optional();

    private final ReplicaAccess replica;
    private final NodePort node;
    private final NetworkPort peers;

    /** The methods over these. */
    public ConsensusMethods(ReplicaAccess replica, NodePort node, NetworkPort peers) {
        this.replica = replica;
        this.node = node;
        this.peers = peers;
    }

    /** The declarations. */
    public List<Method> methods() {
        return List.of(
                Method.of(
                                "consensus_getStatus",
                                "What this node does about consensus, and how far it is.",
                                List.of(),
                                ResultType.of(NodeJson.ConsensusStatus.class),
                                this::status)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "consensus_getValidators",
                                "Who decides the next block, or by stake the next epoch's, and how members have voted about members.",
                                List.of(),
                                ResultType.of(MemberJson.Validators.class),
                                this::validators)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "consensus_getStake",
                                "Who has what at stake, and what of it counts in this epoch and the next; null where stake"
                                        + " does not decide.",
                                List.of(KEY),
                                ResultType.nullable(StakeJson.Stake.class),
                                this::stake)
                        .failingWith(ErrorCode.NOT_READY),
                Method.of(
                                "consensus_getEvidence",
                                "Proof of members' or validators' contradictions that this node has seen.",
                                List.of(),
                                ResultType.listOf(MemberJson.Contradiction.class),
                                this::evidence)
                        .failingWith(ErrorCode.NOT_READY));
    }

    private MemberJson.Validators validators(Call call) throws RpcException {
        return replica.read(call, view -> MemberJson.Validators.of(view.network(), view.ledger()));
    }

    private Optional<StakeJson.Stake> stake(Call call) throws RpcException {
        Optional<PublicKey> wanted = key(call);
        return replica.read(
                call,
                view -> view.ledger()
                        .stake()
                        .map(stake -> StakeJson.Stake.of(view.network(), view.ledger(), stake, wanted)));
    }

    private static Optional<PublicKey> key(Call call) throws RpcException {
        try {
            return call.arguments().find(KEY).map(bytes -> PublicKey.of(bytes.bytes()));
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidParam(KEY.name(), "'" + KEY.name() + "': " + e.getMessage());
        }
    }

    private List<MemberJson.Contradiction> evidence(Call call) throws RpcException {
        return replica.read(
                call,
                view -> Stream.concat(
                                view.evidence().stream().map(MemberJson.Contradiction::of),
                                view.stakeEvidence().stream().map(MemberJson.Contradiction::of))
                        .toList());
    }

    private record StatusRead(EngineStatus engine, BlockNode head, Finality finality, SyncStatus sync) {}

    private String activity(EngineStatus engine) {
        return node.lies().map(how -> "lies (" + how + "); ").orElse("") + engine.activity();
    }

    private NodeJson.ConsensusStatus status(Call call) throws RpcException {
        Network network = replica.network(call);
        StatusRead read = replica.read(
                call,
                view -> new StatusRead(
                        view.engine(),
                        view.blocks().head(),
                        view.finality(view.blocks().head().id()),
                        view.sync()));
        return new NodeJson.ConsensusStatus(
                network.engine(),
                network.chainId(),
                node.name(),
                read.engine().role(),
                activity(read.engine()),
                read.engine().halted(),
                read.engine().details(),
                read.head().height(),
                read.head().id(),
                read.head().header().core().stateRoot(),
                FinalityJson.of(read.finality()),
                NodeJson.Sync.of(read.sync()),
                peers.peers().size());
    }
}
