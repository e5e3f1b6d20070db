package synod.node.sync;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.Position;
import synod.chain.tree.BlockIndex;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.tree.Insertion;
import synod.chain.tree.TreeLimits;
import synod.crypto.Hash;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireSamples;

/** A chain whose headers break a rule only if the test says so, over the real tree. */
final class FakeChain implements SyncedChain {
    final BlockIndex index;
    final Map<Hash, Rejection> refused = new HashMap<>();
    final Map<Hash, BigInteger> weights = new HashMap<>();
    BigInteger weight = BigInteger.ONE;
    boolean worth = true;
    private int bodies;

    FakeChain(int maxIncomplete) {
        BlockNode genesis = new BlockNode(
                WireSamples.header(Hash.ZERO, 0, "genesis", List.of()), ByteString.EMPTY, BigInteger.ZERO);
        index = new BlockIndex(new MemoryKeyValueStore(), genesis, genesis.id(), new TreeLimits(maxIncomplete, 16));
    }

    Hash genesis() {
        return index.genesis().id();
    }

    /** The body is here; the heaviest complete block becomes the head. */
    void arrived(Hash id) {
        index.attachBody(id, new Position(1, 64 + 8 * ++bodies));
        index.setHead(index.heaviestComplete().id());
    }

    @Override
    public BlockTree tree() {
        return index;
    }

    @Override
    public Optional<Rejection> offerHeader(SealedHeader header, long nowMillis) {
        Hash id = header.header().id();
        if (refused.containsKey(id)) {
            return Optional.of(refused.get(id));
        }
        return index.insert(header.header(), header.seal(), weights.getOrDefault(id, weight))
                        instanceof Insertion.Refused(var rejection)
                ? Optional.of(rejection)
                : Optional.empty();
    }

    void refuse(SealedHeader header, Reason reason) {
        refused.put(header.header().id(), new Rejection(reason, "the test says so"));
    }

    @Override
    public boolean lacksBody(Hash id) {
        return index.node(id).isPresent() && index.body(id).isEmpty() && !id.equals(genesis());
    }

    @Override
    public boolean isWorthFetching(Hash tip) {
        return worth;
    }

    @Override
    public void forget(Hash id) {
        index.forget(id);
    }

    @Override
    public List<Hash> locator() {
        return index.locator();
    }
}
