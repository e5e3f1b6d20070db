package synod.node.replica;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.mempool.Mempool;
import synod.chain.store.Position;
import synod.chain.transaction.Transaction;
import synod.chain.tree.BlockNode;
import synod.consensus.Buffer;
import synod.consensus.Message;
import synod.crypto.Hash;
import synod.node.gossip.CompactBlocks;
import synod.node.gossip.TransactionRelay;
import synod.node.sync.BlockFetch;
import synod.node.sync.HeaderSync;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** What the replica says to its peers and hears from them about transactions and blocks. */
final class Peers {
    private static final int MAX_ANNOUNCED_HEADERS = 8;
    private static final int MAX_HEADER_BYTES = 2 << 20;
    private static final long NEWS_AGE_MILLIS = 60_000;
    private static final long REANNOUNCE_MILLIS = 30_000;
    private static final String REANNOUNCE_TIMER = "reannounce";

    private final Outbox out;
    private final Chain chain;
    private final Mempool mempool;
    private final Consumer<SealedBlock> bodyReceiver;
    private final Function<Verified<Transaction>, Optional<Rejection>> transactionReceiver;
    private final Consumer<Verified<Message>> messageReceiver;
    private final Set<NodeId> connected = new TreeSet<>();
    private final TransactionRelay transactions;
    private final CompactBlocks compactBlocks;
    private final BlockFetch fetch;
    private final HeaderSync headers;

    Peers(
            Outbox out,
            Chain chain,
            Mempool mempool,
            Consumer<SealedBlock> bodyReceiver,
            Function<Verified<Transaction>, Optional<Rejection>> transactionReceiver,
            Consumer<Verified<Message>> messageReceiver) {
        this.out = out;
        this.chain = chain;
        this.mempool = mempool;
        this.bodyReceiver = bodyReceiver;
        this.transactionReceiver = transactionReceiver;
        this.messageReceiver = messageReceiver;
        this.transactions = new TransactionRelay(
                out, mempool::transaction, id -> chain.ledger().locate(id).isPresent());
        this.compactBlocks = new CompactBlocks(out);
        this.fetch = new BlockFetch(out, chain);
        this.headers = new HeaderSync(out, chain, fetch);
    }

    /** Begins what recurs. */
    void start(long nowMillis) {
        out.add(new Output.SetTimer(REANNOUNCE_TIMER, nowMillis + REANNOUNCE_MILLIS));
    }

    List<NodeId> connected() {
        return List.copyOf(connected);
    }

    boolean isConnected(NodeId peer) {
        return connected.contains(peer);
    }

    void connected(NodeId peer, long nowMillis) {
        if (!connected.add(peer)) {
            disconnected(peer, nowMillis);
            connected.add(peer);
        }
        transactions.connected(peer, mempool.inOrder(Integer.MAX_VALUE), nowMillis);
        fetch.connected(peer);
        headers.connected(peer, nowMillis);
    }

    void disconnected(NodeId peer, long nowMillis) {
        if (!connected.remove(peer)) {
            return;
        }
        transactions.disconnected(peer, nowMillis);
        compactBlocks.disconnected(peer);
        fetch.disconnected(peer, nowMillis);
        headers.disconnected(peer, nowMillis);
    }

    void received(NodeId from, Verified<WireMessage> message, long nowMillis) {
        if (!connected.contains(from)) {
            return;
        }
        switch (message.value()) {
            case WireMessage.GetHeaders(var locator) -> answerHeaders(from, locator);
            case WireMessage.Headers answer -> onHeaders(from, answer, nowMillis);
            case WireMessage.GetBlocks(var ids) -> answerBlocks(from, ids);
            case WireMessage.BlockBody(var block) -> onBody(from, block, nowMillis);
            case WireMessage.NotFound(var ids) -> fetch.notFound(from, ids, nowMillis);
            case WireMessage.GetCompactBlock(var id) -> {
                if (isNews(id)) {
                    answer(from, id, chain.block(id).map(CompactBlocks::compact));
                } else {
                    answerBlocks(from, List.of(id));
                }
            }
            case WireMessage.CompactBlock compact -> onCompact(from, compact, nowMillis);
            case WireMessage.GetBlockTransactions(var id, var indexes) -> answerTransactions(from, id, indexes);
            case WireMessage.BlockTransactions missing ->
                onOutcome(from, missing.block(), compactBlocks.onTransactions(from, missing), nowMillis);
            case WireMessage.HaveTransactions(var ids) -> transactions.onHave(from, ids, nowMillis);
            case WireMessage.GetTransactions(var ids) -> transactions.onGet(from, ids);
            case WireMessage.Transactions(var sent) -> onTransactions(from, sent);
            case WireMessage.EngineMessage(var engineMessage) -> messageReceiver.accept(new Verified<>(engineMessage));
        }
    }

    boolean onTimer(String timer, long nowMillis) {
        if (timer.equals(REANNOUNCE_TIMER)) {
            // an announcement can be lost with a connection, or a peer's mempool have been full
            transactions.reannounce(mempool.inOrder(Integer.MAX_VALUE), nowMillis);
            start(nowMillis);
            return true;
        }
        return transactions.onTimer(timer, nowMillis)
                || fetch.onTimer(timer, nowMillis)
                || headers.onTimer(timer, nowMillis);
    }

    /** A transaction has begun to wait here. */
    void announce(Hash transaction, long nowMillis) {
        transactions.announce(transaction, nowMillis);
    }

    /** This block's body is here, and need not be fetched. */
    void obtained(Hash id) {
        fetch.obtained(id);
    }

    /** A body is durable. */
    void stored(long nowMillis) {
        headers.onRoom(nowMillis);
    }

    /** The head moved: peers hear of it, unless the blocks are old and the peers' own. */
    void headMoved(Chain.Adoption.Moved moved, long nowMillis) {
        transactions.headChanged();
        List<Block> adopted = moved.adopted();
        if (adopted.isEmpty() || adopted.getLast().header().timeMillis() < nowMillis - NEWS_AGE_MILLIS) {
            return;
        }
        List<SealedHeader> news =
                adopted.subList(Math.max(0, adopted.size() - MAX_ANNOUNCED_HEADERS), adopted.size()).stream()
                        .map(block -> sealedHeader(chain.tree().node(block.id()).orElseThrow()))
                        .toList();
        for (NodeId peer : connected) {
            if (headers.bestHeight(peer) < adopted.getLast().height()) {
                out.add(new Output.Send(peer, new WireMessage.Headers(news, true)));
            }
        }
    }

    /** Tells a peer, which seems not to have heard of them, the last blocks of the adopted branch. */
    void announceHead(NodeId peer) {
        if (!connected.contains(peer)) {
            return;
        }
        long head = chain.head().height();
        List<SealedHeader> last = new ArrayList<>();
        for (long height = Math.max(1, head - MAX_ANNOUNCED_HEADERS + 1); height <= head; height++) {
            last.add(sealedHeader(chain.tree().canonical(height).orElseThrow()));
        }
        if (!last.isEmpty()) {
            out.add(new Output.Send(peer, new WireMessage.Headers(last, true)));
        }
    }

    List<Buffer> buffers() {
        return List.of(transactions.buffer(), compactBlocks.buffer(), fetch.buffer());
    }

    SyncStatus syncStatus() {
        long head = chain.head().height();
        long best = Math.max(head, headers.bestKnownHeight());
        if (connected.isEmpty()) {
            return new SyncStatus(false, best, "no peer is connected");
        }
        if (best > head + 1 || headers.isAsking() && fetch.count() > 1) {
            return new SyncStatus(
                    true,
                    best,
                    "fetching " + fetch.count() + " blocks of " + (best - head) + " behind from " + connected.size()
                            + " peers");
        }
        return new SyncStatus(false, best, "level with " + connected.size() + " peers");
    }

    private void onHeaders(NodeId from, WireMessage.Headers message, long nowMillis) {
        boolean nextBlock = message.headers().size() == 1
                && chain.head()
                        .id()
                        .equals(message.headers().getFirst().header().parent());
        headers.onHeaders(from, message, nextBlock, nowMillis);
    }

    private void answerHeaders(NodeId from, List<Hash> locator) {
        List<BlockNode> nodes = chain.index().headersAfter(locator, WireMessage.MAX_HEADERS);
        List<SealedHeader> answer = new ArrayList<>();
        int bytes = 0;
        for (BlockNode node : nodes) {
            SealedHeader header = sealedHeader(node);
            bytes += header.size();
            if (bytes > MAX_HEADER_BYTES) {
                break;
            }
            answer.add(header);
        }
        boolean last = answer.isEmpty()
                || answer.getLast().header().height() == chain.head().height();
        out.add(new Output.Send(from, new WireMessage.Headers(answer, last)));
    }

    private void answerBlocks(NodeId from, List<Hash> ids) {
        List<Position> found = new ArrayList<>();
        List<Hash> missing = new ArrayList<>();
        for (Hash id : new LinkedHashSet<>(ids)) {
            chain.index().body(id).ifPresentOrElse(found::add, () -> missing.add(id));
        }
        if (!found.isEmpty()) {
            out.add(new Output.SendStored(from, found));
        }
        if (!missing.isEmpty()) {
            out.add(new Output.Send(from, new WireMessage.NotFound(missing)));
        }
    }

    /** Whether a block is so near the head that it is in memory; others are sent whole, without being read here. */
    private boolean isNews(Hash id) {
        return chain.tree()
                .node(id)
                .filter(node ->
                        node.height() + MAX_ANNOUNCED_HEADERS >= chain.head().height())
                .isPresent();
    }

    private void answerTransactions(NodeId from, Hash id, List<Integer> indexes) {
        if (!isNews(id)) {
            answerBlocks(from, List.of(id));
            return;
        }
        Optional<List<Transaction>> block =
                chain.block(id).map(found -> found.block().transactions());
        if (block.isPresent()
                && !indexes.isEmpty()
                && indexes.getLast() >= block.get().size()) {
            out.add(new Output.Punish(from, 100, "asks for a transaction past the end of a block"));
            return;
        }
        answer(
                from,
                id,
                block.map(all -> new WireMessage.BlockTransactions(
                        id, indexes.stream().map(all::get).toList())));
    }

    private void answer(NodeId to, Hash id, Optional<? extends WireMessage> answer) {
        out.add(new Output.Send(
                to,
                answer.<WireMessage>map(message -> message).orElseGet(() -> new WireMessage.NotFound(List.of(id)))));
    }

    private void onTransactions(NodeId from, List<Transaction> sent) {
        for (Transaction transaction : transactions.onTransactions(from, sent)) {
            if (transactionReceiver.apply(new Verified<>(transaction)).isPresent()) {
                transactions.refused(transaction.id());
            }
        }
    }

    private void onCompact(NodeId from, WireMessage.CompactBlock compact, long nowMillis) {
        Hash id = compact.header().header().id();
        // putting one together is costly: only what was asked for, and once
        if (fetch.awaitsCompact(from, id) && !compactBlocks.isPartial(id)) {
            onOutcome(from, id, compactBlocks.onCompact(from, compact, mempool.inOrder(Integer.MAX_VALUE)), nowMillis);
        }
    }

    private void onOutcome(NodeId from, Hash id, CompactBlocks.Outcome outcome, long nowMillis) {
        switch (outcome) {
            case CompactBlocks.Outcome.Whole(var block)
            when block.block().checkTransactionsRoot().isEmpty() -> onBody(from, block, nowMillis);
            case CompactBlocks.Outcome.Whole _, CompactBlocks.Outcome.Failed _ ->
                fetch.compactFailed(from, id, nowMillis);
            case CompactBlocks.Outcome.Asked _ -> {}
        }
    }

    private void onBody(NodeId from, SealedBlock block, long nowMillis) {
        Hash id = block.block().id();
        int bytes = block.block().size();
        int maxBytes = chain.ledger().rules().maxBlockBytes();
        if (bytes > maxBytes && fetch.wants(id)) {
            // its header names these very transactions: no other body can belong to it
            fetch.arrived(from, id, bytes, nowMillis);
            Rejection tooLarge = new Rejection(
                    Reason.TOO_LARGE, "the block has " + bytes + " bytes, and the rules allow " + maxBytes);
            chain.refuse(id, tooLarge);
            out.add(new Output.Punish(from, 100, "a block that breaks the rules, " + tooLarge));
            return;
        }
        // a late answer, after another peer gave the block, is no offence
        if (fetch.arrived(from, id, block.block().size(), nowMillis) && chain.lacksBody(id)) {
            // the seal that was checked is the header's
            bodyReceiver.accept(new SealedBlock(
                    block.block(), chain.tree().node(id).orElseThrow().seal()));
        }
    }

    private static SealedHeader sealedHeader(BlockNode node) {
        return new SealedHeader(node.header(), node.seal());
    }
}
