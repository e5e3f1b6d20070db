package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import synod.chain.Amount;
import synod.crypto.Hash;
import synod.node.replica.SyncStatus;
import synod.node.rpc.port.NetworkPort;

/** The JSON forms of what a node does: consensus, mining, network. */
public final class NodeJson {
    private NodeJson() {}

    /** What the node does about consensus. */
    public record ConsensusStatus(
            String engine,
            Hash chainId,
            @JsonPropertyDescription("The node's") String name,

            @JsonPropertyDescription("The protocol's word for this node's part")
            String role,

            @JsonPropertyDescription("What it does now, or what it waits for and why")
            String activity,

            @JsonPropertyDescription("Whether no block can be decided until something outside this node changes")
            boolean halted,

            @JsonPropertyDescription("The engine's own figures")
            SortedMap<String, String> details,

            long height,
            Hash head,
            Hash stateRoot,
            @JsonPropertyDescription("Of the head") FinalityJson finality,
            Sync sync,
            @JsonPropertyDescription("Connected peers") int peers) {}

    /** How far the node is behind. */
    public record Sync(boolean syncing, long bestKnownHeight, String activity) {
        /** The form of a sync status. */
        public static Sync of(SyncStatus sync) {
            return new Sync(sync.syncing(), sync.bestKnownHeight(), sync.activity());
        }
    }

    /** What the nonce search does. */
    public record MinerInfo(
            boolean mining,
            double hashesPerSecond,
            int threads,
            @JsonPropertyDescription("The code that hashes") String kernel,

            @JsonPropertyDescription("Code that was given up because it had become slow; absent if none was")
            Optional<String> slowKernel,

            @JsonPropertyDescription("Who receives the rewards")
            Optional<AddressText> payout,

            @JsonPropertyDescription(
                    "Of this node's search and its miners together, at the present difficulty; absent if nothing searches")
            Optional<Double> expectedSecondsToBlock,

            @JsonPropertyDescription("Miners that work for this node from other programs; absent if it takes none")
            Optional<Pool> pool) {}

    /** The miners of a node, since it started. */
    public record Pool(
            @JsonPropertyDescription("Connections now") int miners,

            @JsonPropertyDescription("Of all workers, by their shares")
            double hashesPerSecond,

            long acceptedShares,

            @JsonPropertyDescription("Refused requests by error code")
            SortedMap<Integer, Long> refused,

            @JsonPropertyDescription("Blocks that miners found")
            long blocks,

            @JsonPropertyDescription("The fastest workers") List<PoolWorker> workers,

            @JsonPropertyDescription("What is owed to workers, if the node divides the rewards")
            Optional<PoolAccounts> accounts) {}

    /** An address that is worked for. */
    public record PoolWorker(
            AddressText worker,

            @JsonPropertyDescription("By its shares of the last minutes")
            double hashesPerSecond,

            long acceptedShares,

            @JsonPropertyDescription("Refused submissions by error code")
            SortedMap<Integer, Long> refused) {}

    /** A pool's debts, over all its restarts. */
    public record PoolAccounts(
            @JsonPropertyDescription("Owed, and no payment signed yet")
            Amount owed,

            @JsonPropertyDescription("Payments that are signed and not deep in the chain yet")
            int unsettledPayments,

            @JsonPropertyDescription("Found blocks that stayed in the chain")
            long paidBlocks,

            @JsonPropertyDescription("Found blocks that did not")
            long orphans) {}

    /** A connected peer. */
    public record Peer(
            Hash id,
            String address,
            boolean outbound,
            String agent,

            @JsonPropertyDescription("Of the last answered ping; -1 before the first")
            long roundTripMicros,

            long bytesIn,
            long bytesOut,
            @JsonPropertyDescription("Misbehaviour points") int score,
            long connectedAtMillis) {
        /** The form of a peer. */
        public static Peer of(NetworkPort.Peer peer) {
            return new Peer(
                    peer.id(),
                    peer.address(),
                    peer.outbound(),
                    peer.agent(),
                    peer.roundTripMicros(),
                    peer.bytesIn(),
                    peer.bytesOut(),
                    peer.score(),
                    peer.connectedAtMillis());
        }
    }

    /** This node in the network. */
    public record NetworkStatus(
            Hash nodeId,

            @JsonPropertyDescription("On which peers are accepted")
            int port,

            @JsonPropertyDescription("Connected peers") int peers,
            List<Ban> bans) {}

    /** A ban in force. */
    public record Ban(
            @JsonPropertyDescription("A node id or an address group")
            String id,

            String reason,
            long untilMillis) {
        /** The form of a ban. */
        public static Ban of(NetworkPort.Ban ban) {
            return new Ban(ban.subject(), ban.reason(), ban.untilMillis());
        }
    }

    /** Nothing to say: it is done. */
    public record Done() {}
}
