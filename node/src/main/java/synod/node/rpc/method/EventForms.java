package synod.node.rpc.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import synod.chain.Block;
import synod.chain.tree.BlockNode;
import synod.consensus.Finality;
import synod.crypto.Hash;
import synod.node.replica.Network;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;
import synod.node.rpc.jsonrpc.Json;
import synod.node.rpc.result.BlockJson;
import synod.node.rpc.result.FinalityJson;
import synod.node.rpc.result.TransactionJson;
import synod.node.rpc.subscription.EventHub.EventRenderer;
import synod.node.rpc.subscription.EventHub.Rendered;
import synod.node.rpc.subscription.Topic;

/** The JSON of what the replica tells, topic by topic. */
public final class EventForms implements EventRenderer {
    private static final long ANSWER_SECONDS = 10;

    private final ReplicaClient replica;

    /** Asks this replica how final a block is. */
    public EventForms(ReplicaClient replica) {
        this.replica = replica;
    }

    @Override
    public List<Rendered> render(ReplicaEvent event, Set<Topic> wanted) throws InterruptedException {
        List<Rendered> rendered = new ArrayList<>();
        switch (event) {
            case ReplicaEvent.HeadChanged(List<BlockNode> abandoned, List<Block> adopted) -> {
                if (wanted.contains(Topic.HEADS)) {
                    rendered.add(json(Topic.HEADS, headEvent(abandoned, adopted)));
                }
                if (wanted.contains(Topic.TRANSACTIONS)) {
                    adopted.forEach(block -> addIncluded(block, rendered));
                }
            }
            case ReplicaEvent.BlockFinalized(BlockNode block) -> {
                if (wanted.contains(Topic.FINALITY)) {
                    Finality finality = ask(view -> view.finality(block.id()));
                    rendered.add(json(
                            Topic.FINALITY,
                            new BlockJson.FinalityEvent(block.id(), block.height(), FinalityJson.of(finality))));
                }
            }
            case ReplicaEvent.TransactionPending(Hash id) -> {
                if (wanted.contains(Topic.TRANSACTIONS)) {
                    rendered.add(json(
                            Topic.TRANSACTIONS,
                            new TransactionJson.Event(
                                    id, "pending", Optional.empty(), Optional.empty(), Optional.empty())));
                }
            }
        }
        return rendered;
    }

    private record HeadRead(Network network, BlockReads.Found head) {}

    private BlockJson.HeadEvent headEvent(List<BlockNode> abandoned, List<Block> adopted) throws InterruptedException {
        Hash head = adopted.isEmpty()
                ? abandoned.getLast().parent()
                : adopted.getLast().id();
        HeadRead read = ask(view -> new HeadRead(view.network(), BlockReads.complete(view, head)));
        return new BlockJson.HeadEvent(
                BlockJson.Summary.of(
                        read.network(), read.head().block().block(), read.head().finality()),
                abandoned.stream()
                        .map(node -> new BlockJson.Reference(node.id(), node.height()))
                        .toList(),
                adopted.stream()
                        .map(block -> new BlockJson.Reference(block.id(), block.height()))
                        .toList());
    }

    private static void addIncluded(Block block, List<Rendered> rendered) {
        for (int i = 0; i < block.transactions().size(); i++) {
            rendered.add(json(
                    Topic.TRANSACTIONS,
                    new TransactionJson.Event(
                            block.transactions().get(i).id(),
                            "included",
                            Optional.of(block.id()),
                            Optional.of(block.height()),
                            Optional.of(i))));
        }
    }

    private <T> T ask(Function<ReplicaView, T> query) throws InterruptedException {
        try {
            return replica.read(query).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the replica did not answer", e);
        }
    }

    private static Rendered json(Topic topic, Object event) {
        return new Rendered(topic, Json.MAPPER.writeValueAsString(event));
    }
}
