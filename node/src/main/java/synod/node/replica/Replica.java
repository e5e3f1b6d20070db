package synod.node.replica;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.mempool.Mempool;
import synod.chain.mempool.MempoolLimits;
import synod.chain.mempool.MempoolView;
import synod.chain.stake.StakeEvidence;
import synod.chain.state.BlockDraft;
import synod.chain.state.LedgerView;
import synod.chain.store.Position;
import synod.chain.transaction.Transaction;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Action;
import synod.consensus.Buffer;
import synod.consensus.Consensus;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.consensus.Evidence;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.crypto.Hash;
import synod.node.journal.JournalEntry;
import synod.node.wire.SealedHeader;
import synod.p2p.NodeId;

/**
 * The deterministic heart of a node: takes one input at a time, with the time, and returns what is to be done, in order.
 *
 * <p>Same inputs, same outputs: the simulator runs this class as it is. It is not thread-safe; one loop owns it.
 */
public final class Replica implements ReplicaView {
    private static final Rejection TOO_MANY_ACKNOWLEDGED = new Rejection(
            Reason.MEMPOOL_FULL,
            "this node vouches for as many transactions as it can until blocks settle some; try again in a few blocks, or"
                    + " another node");

    private final Network network;
    private final Consensus consensus;
    private final Engine engine;
    private final Chain chain;
    private final Mempool mempool;
    private final MempoolLimits limits;
    private final Outbox out = new Outbox();
    private final EngineHost host;
    private final Peers peers;
    private final Settlement settlement;
    private final AcknowledgedTransactions acknowledged = new AcknowledgedTransactions();
    private final Map<Long, Durability> awaitingDurability = new LinkedHashMap<>();
    private @Nullable Hash postponedAdoption;
    private boolean started;
    private long nowMillis;

    /** What goes on when journal entries are durable. */
    @FunctionalInterface
    private interface Durability {
        void durable(List<Position> positions);
    }

    /** Assembles a replica around a chain that stands where the key-value store left it; journal and peers come as inputs. */
    public Replica(ReplicaParts parts) {
        this.network = parts.network();
        this.consensus = parts.consensus();
        this.chain = new Chain(consensus, parts.index(), parts.ledger(), parts.bodies());
        this.limits = parts.mempoolLimits();
        this.mempool = new Mempool(network.rules(), limits, chain.ledger(), chain.ledger()::tryOnHead);
        this.engine = parts.engine();
        this.host = new EngineHost(engine, out, new HostForEngine());
        this.peers = new Peers(out, chain, mempool, this::receiveBody, this::receiveTransaction, this::receiveMessage);
        this.settlement = new Settlement(out, chain, parts.settleBehind());
    }

    /** Takes one input and says what is to be done. Time never goes back here, whatever the clock does. */
    public List<Output> step(long timeMillis, Input input) {
        nowMillis = Math.max(nowMillis, timeMillis);
        requireItsTime(input);
        switch (input) {
            case Input.Recovered(var block, var position) -> recover(block, position);
            case Input.Started(var transactions, var engineEntries) -> start(transactions, engineEntries);
            case Input.PeerConnected(var peer) -> peers.connected(peer, nowMillis);
            case Input.PeerDisconnected(var peer) -> peers.disconnected(peer, nowMillis);
            case Input.Received(var from, var message) -> peers.received(from, message, nowMillis);
            case Input.Submitted(var ticket, var transaction) -> submit(ticket, transaction);
            case Input.TimerExpired(var timer) -> {
                if (!host.onTimer(timer, nowMillis) && !peers.onTimer(timer, nowMillis)) {
                    throw new IllegalStateException("nobody here set a timer '" + timer + "'");
                }
            }
            case Input.Durable(var ticket, var positions) -> durable(ticket, positions);
            case Input.Written _ -> {
                settlement.written();
                retryPostponedAdoption();
            }
            case Input.NonceFound(var block) -> mined(block);
        }
        if (started) {
            host.run(nowMillis);
        }
        settle();
        return out.drain();
    }

    private void requireItsTime(Input input) {
        boolean duringRecovery = input instanceof Input.Recovered || input instanceof Input.Started;
        if (duringRecovery == started && !(input instanceof Input.Written)) {
            throw new IllegalStateException(
                    (started ? "the replica has started, and" : "the replica has not started, but") + " here is "
                            + input.getClass().getSimpleName());
        }
    }

    private void recover(SealedBlock sealed, Position position) {
        Block block = sealed.block();
        if (chain.index().body(block.id()).isPresent()) {
            return;
        }
        for (Hash complete : chain.recovered(sealed, position)) {
            BlockNode node = chain.index().node(complete).orElseThrow();
            if (node.totalWeight().compareTo(chain.head().totalWeight()) > 0
                    && !chain.isInvalid(complete)
                    && !chain.leavesFinal(complete)) {
                adopt(complete);
            }
        }
    }

    private void start(List<Verified<Transaction>> transactions, SortedMap<ByteString, ByteString> entries) {
        started = true;
        // the engine hears of what is heavier than the head below
        postponedAdoption = null;
        for (Verified<Transaction> transaction : transactions) {
            acknowledged.add(transaction.value());
            mempool.restore(transaction);
        }
        host.raise(new Event.Started(nowMillis, entries));
        chain.finishRecovery().forEach(tip -> host.raise(new Event.BlockArrived(nowMillis, tip)));
        peers.start(nowMillis);
    }

    private void submit(long ticket, Verified<Transaction> transaction) {
        Hash id = transaction.value().id();
        Optional<LedgerView.TransactionLocation> included = chain.ledger().locate(id);
        Optional<Rejection> rejection = included.isPresent()
                ? Optional.of(new Rejection(
                        Reason.ALREADY_KNOWN,
                        "it stands in block " + included.get().height() + " already"))
                : acknowledged.isFull() ? Optional.of(TOO_MANY_ACKNOWLEDGED) : mempool.offer(transaction, true);
        if (rejection
                .filter(refused -> refused.reason() != Reason.ALREADY_KNOWN || included.isPresent())
                .isPresent()) {
            out.add(new Output.Answer(ticket, rejection));
            return;
        }
        // the same bytes offered again are answered like the first time: when they are durable
        boolean isNew = !acknowledged.contains(id);
        boolean entered = rejection.isEmpty();
        acknowledged.add(transaction.value());
        List<JournalEntry> entry =
                isNew ? List.of(new JournalEntry.AcknowledgedTransaction(transaction.value())) : List.of();
        append(entry, _ -> {
            out.add(new Output.Answer(ticket, Optional.empty()));
            if (isNew || entered) {
                pending(transaction.value());
            }
        });
    }

    /** A peer sent a transaction that it was asked for. */
    private Optional<Rejection> receiveTransaction(Verified<Transaction> transaction) {
        Optional<Rejection> rejection = mempool.offer(transaction, false);
        if (rejection.isEmpty()) {
            pending(transaction.value());
        }
        return rejection;
    }

    private void pending(Transaction transaction) {
        peers.announce(transaction.id(), nowMillis);
        out.add(new Output.Publish(new ReplicaEvent.TransactionPending(transaction.id())));
        host.onWork(nowMillis);
    }

    private void receiveMessage(Verified<Message> message) {
        host.raise(new Event.Received(nowMillis, message));
    }

    /** A body that was asked for; its header is in the tree. */
    private void receiveBody(SealedBlock block) {
        append(List.of(chain.store(block)), positions -> {
            for (Hash complete : chain.stored(block.block().id(), positions.getFirst())) {
                host.raise(new Event.BlockArrived(nowMillis, complete));
            }
            peers.stored(nowMillis);
        });
    }

    private void mined(Block block) {
        SealedBlock sealed = new SealedBlock(block, ByteString.EMPTY);
        if (chain.offerHeader(new SealedHeader(block.header(), sealed.seal()), nowMillis)
                .isEmpty()) {
            storeOwn(sealed);
        }
    }

    /** A block of this node's own, whose header was offered. */
    private void storeOwn(SealedBlock sealed) {
        Block block = sealed.block();
        if (!chain.lacksBody(block.id())) {
            return;
        }
        append(List.of(chain.store(sealed)), positions -> {
            for (Hash complete : chain.stored(block.id(), positions.getFirst())) {
                host.raise(
                        complete.equals(block.id())
                                ? new Event.Sealed(nowMillis, block)
                                : new Event.BlockArrived(nowMillis, complete));
            }
        });
    }

    private void append(List<JournalEntry> entries, Durability then) {
        long ticket = out.nextTicket();
        awaitingDurability.put(ticket, then);
        out.add(new Output.Append(ticket, entries));
    }

    private void durable(long ticket, List<Position> positions) {
        Durability then = awaitingDurability.remove(ticket);
        if (then == null) {
            throw new IllegalStateException("nothing waits for journal ticket " + ticket);
        }
        then.durable(positions);
    }

    /** Moves the head; empty if that must wait for the store. */
    private Optional<Optional<Rejection>> adopt(Hash target) {
        if (target.equals(chain.head().id())) {
            return Optional.of(Optional.empty());
        }
        return switch (chain.adopt(target)) {
            case Chain.Adoption.Postponed _ -> {
                postponedAdoption = target;
                yield Optional.empty();
            }
            case Chain.Adoption.Refused(var block, var rejection) ->
                Optional.of(Optional.of(
                        block.equals(target)
                                ? rejection
                                : new Rejection(Reason.INVALID_ANCESTOR, "block " + block + ": " + rejection)));
            case Chain.Adoption.Moved moved -> {
                headMoved(moved);
                yield Optional.of(Optional.empty());
            }
        };
    }

    private void headMoved(Chain.Adoption.Moved moved) {
        List<Verified<Transaction>> undone = moved.abandoned().reversed().stream()
                .flatMap(block -> block.transactions().stream())
                .map(Verified::new)
                .toList();
        mempool.headMoved(undone, moved.adopted());
        settlement.executed(moved.adopted().stream()
                .mapToInt(block -> block.transactions().size())
                .sum());
        host.headMoved();
        peers.headMoved(moved, nowMillis);
        out.add(new Output.Publish(new ReplicaEvent.HeadChanged(
                moved.abandoned().stream()
                        .map(block -> chain.index().node(block.id()).orElseThrow())
                        .toList(),
                moved.adopted())));
    }

    private void retryPostponedAdoption() {
        if (!started) {
            // several blocks may have waited, and no engine asked for them
            Hash heaviest = chain.index().heaviestComplete().id();
            if (!chain.leavesFinal(heaviest)) {
                adopt(heaviest);
            }
            return;
        }
        Hash target = postponedAdoption;
        if (target != null) {
            postponedAdoption = null;
            adopt(target).ifPresent(result -> host.raise(new Event.BlockApplied(nowMillis, target, result)));
        }
    }

    private void settle() {
        settlement.next().ifPresent(height -> {
            List<Hash> settled = acknowledged.settledAt(height, chain.ledger());
            if (!settled.isEmpty()) {
                append(List.of(new JournalEntry.TransactionsSettled(settled)), _ -> {});
            }
        });
    }

    private final class HostForEngine implements EngineHost.Host {
        @Override
        public void persist(List<JournalEntry> entries, LongConsumer then) {
            append(entries, _ -> then.accept(nowMillis));
        }

        @Override
        public Optional<Optional<Rejection>> adopt(Hash block, long timeMillis) {
            return Replica.this.adopt(block);
        }

        @Override
        public void publish(SealedBlock block) {
            chain.offerHeader(new SealedHeader(block.block().header(), block.seal()), nowMillis)
                    .ifPresent(refused -> {
                        throw new IllegalStateException("the engine made a block that breaks its rules: " + refused);
                    });
            peers.obtained(block.block().id());
            storeOwn(block);
        }

        @Override
        public void submit(Verified<Transaction> transaction) {
            if (mempool.offer(transaction, true).isEmpty()) {
                pending(transaction.value());
            }
        }

        @Override
        public void decide(SealedBlock block, long timeMillis) {
            Optional<Rejection> refused =
                    chain.offerHeader(new SealedHeader(block.block().header(), block.seal()), nowMillis);
            if (refused.isPresent()) {
                throw new IllegalStateException("the engine decided a block that breaks its rules: " + refused.get());
            }
            Hash id = block.block().id();
            // it may have come from a peer before; that it is durable then, or was queued to become so, is known in
            // order
            boolean isNew = chain.lacksBody(id);
            peers.obtained(id);
            // of two seals the one in the tree stands: what a restart reads must be what the engine went on from
            ByteString seal = chain.tree().node(id).orElseThrow().seal();
            append(isNew ? List.of(chain.store(new SealedBlock(block.block(), seal))) : List.of(), positions -> {
                List<Hash> complete = isNew ? chain.stored(id, positions.getFirst()) : List.of();
                Optional<Optional<Rejection>> result = Replica.this.adopt(id);
                if (result.filter(Optional::isEmpty).isEmpty()) {
                    throw new IllegalStateException(
                            "the engine decided a block that cannot follow the head: " + result);
                }
                finalizeBlock(id);
                host.raise(new Event.BlockApplied(nowMillis, id, Optional.empty()));
                // blocks above it may have waited for its body
                complete.stream()
                        .filter(other -> !other.equals(id))
                        .forEach(other -> host.raise(new Event.BlockArrived(nowMillis, other)));
            });
        }

        @Override
        public void finalizeBlock(Hash block) {
            out.add(new Output.Publish(new ReplicaEvent.BlockFinalized(chain.finalizeBlock(block))));
        }

        @Override
        public Optional<Rejection> validate(Block block) {
            return chain.validate(block);
        }

        @Override
        public Block build(Action.BuildBlock request) {
            BlockDraft draft = chain.build(request, () -> transactions(mempool.select()));
            // what waited and broke a rule after all
            draft.skipped().forEach(skipped -> mempool.refused(skipped.transaction(), skipped.rejection()));
            return draft.block();
        }

        private static Iterator<Transaction> transactions(Iterator<Verified<Transaction>> verified) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return verified.hasNext();
                }

                @Override
                public Transaction next() {
                    return verified.next().value();
                }
            };
        }

        @Override
        public boolean hasWork() {
            return mempool.select().hasNext();
        }

        @Override
        public void announceHead(NodeId peer) {
            peers.announceHead(peer);
        }

        @Override
        public Hash head() {
            return chain.head().id();
        }

        @Override
        public List<NodeId> members() {
            // who votes on checkpoints need not be connected to everybody: whoever hears a vote passes it on
            ValidatorSet validators = chain.ledger().validators();
            if (validators.size() == 0 || !consensus.isInstantlyFinal()) {
                return peers.connected();
            }
            return validators.validators().stream()
                    .map(validator -> NodeId.of(validator.key()))
                    .filter(peers::isConnected)
                    .toList();
        }
    }

    @Override
    public long timeMillis() {
        return nowMillis;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public BlockTree blocks() {
        return chain.tree();
    }

    @Override
    public LedgerView ledger() {
        return chain.ledger();
    }

    @Override
    public MempoolView mempool() {
        return mempool;
    }

    @Override
    public Optional<SealedBlock> block(Hash id) {
        return chain.block(id);
    }

    @Override
    public Finality finality(Hash block) {
        Optional<BlockNode> canonical = chain.tree()
                .node(block)
                .filter(node -> chain.tree()
                        .canonical(node.height())
                        .filter(node::equals)
                        .isPresent());
        long depth =
                canonical.map(node -> chain.head().height() - node.height() + 1).orElse(0L);
        boolean isFinal = canonical
                        .filter(node -> node.height() <= chain.finalizedHeight())
                        .isPresent()
                && consensus.finality() != Finality.Kind.PROBABILISTIC;
        return new Finality(consensus.finality(), depth, isFinal);
    }

    @Override
    public EngineStatus engine() {
        return engine.status(nowMillis);
    }

    @Override
    public List<Evidence> evidence() {
        return engine.evidence();
    }

    @Override
    public List<StakeEvidence> stakeEvidence() {
        return engine.stakeEvidence();
    }

    @Override
    public List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>(engine.buffers());
        buffers.addAll(peers.buffers());
        buffers.add(
                new Buffer("transactions waiting", mempool.count(), (long) limits.maxCount() + limits.maxLocalCount()));
        return buffers;
    }

    @Override
    public SyncStatus sync() {
        return peers.syncStatus();
    }
}
