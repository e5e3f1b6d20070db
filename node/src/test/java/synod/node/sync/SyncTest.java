package synod.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.chain.Reason;
import synod.crypto.Hash;
import synod.node.replica.Drain;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.node.wire.WireMessage.GetBlocks;
import synod.node.wire.WireMessage.GetCompactBlock;
import synod.node.wire.WireMessage.GetHeaders;
import synod.node.wire.WireMessage.Headers;
import synod.node.wire.WireSamples;
import synod.p2p.NodeId;

/** Header and body synchronisation against peers that are honest, slow, silent, or hostile. */
class SyncTest {
    private static final NodeId A = new NodeId(WireSamples.hash(101));
    private static final NodeId B = new NodeId(WireSamples.hash(102));
    private static final int BODY_BYTES = 400;

    private final Outbox out = new Outbox();
    private final FakeChain chain = new FakeChain(20_000);
    private final BlockFetch fetch = new BlockFetch(out, chain);
    private final HeaderSync sync = new HeaderSync(out, chain, fetch);
    private final List<Output> outputs = new ArrayList<>();
    private long now = 1_000_000;

    private List<Output> drain() {
        List<Output> drained = Drain.of(out);
        outputs.addAll(drained);
        return drained;
    }

    private void connect(NodeId... peers) {
        for (NodeId peer : peers) {
            fetch.connected(peer);
            sync.connected(peer, now);
        }
    }

    private void disconnect(NodeId peer) {
        fetch.disconnected(peer, now);
        sync.disconnected(peer, now);
    }

    private List<SealedHeader> branch(int count, String proposer) {
        return WireSamples.headers(chain.genesis(), 1, count, proposer);
    }

    private void says(NodeId from, List<SealedHeader> headers, boolean last) {
        sync.onHeaders(from, new Headers(headers, last), false, now);
    }

    private void delivers(NodeId from, Hash id) {
        fetch.arrived(from, id, BODY_BYTES, now);
        chain.arrived(id);
        sync.onRoom(now);
    }

    private void tick(long millis) {
        now += millis;
        fetch.onTimer("block-fetch", now);
        sync.onTimer("header-sync", now);
    }

    private static <T extends WireMessage> List<T> sent(List<Output> outputs, NodeId to, Class<T> kind) {
        return outputs.stream()
                .flatMap(output -> output instanceof Output.Send(var peer, var message) && peer.equals(to)
                        ? Stream.of(message)
                        : Stream.empty())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static List<Hash> bodiesAsked(List<Output> outputs, NodeId of) {
        return sent(outputs, of, GetBlocks.class).stream()
                .flatMap(request -> request.ids().stream())
                .toList();
    }

    private static List<Hash> ids(List<SealedHeader> headers) {
        return headers.stream().map(header -> header.header().id()).toList();
    }

    private static int points(List<Output> outputs, NodeId peer) {
        return outputs.stream()
                .mapToInt(output ->
                        output instanceof Output.Punish(var who, var points, var _) && who.equals(peer) ? points : 0)
                .sum();
    }

    @Test
    void asksOnePeerAtATimeAndEveryPeerOnce() {
        connect(A, B);
        assertThat(sent(drain(), A, GetHeaders.class)).hasSize(1);
        assertThat(sent(outputs, B, GetHeaders.class)).isEmpty();
        says(A, List.of(), true);
        assertThat(sent(drain(), B, GetHeaders.class)).hasSize(1);
        says(B, List.of(), true);
        assertThat(drain()).isEmpty();
        assertThat(sync.isAsking()).isFalse();
    }

    @Test
    void turnsToTheNextPeerWhenOneIsSilent() {
        connect(A, B);
        drain();
        tick(5_000);
        assertThat(sent(drain(), B, GetHeaders.class)).hasSize(1);
        assertThat(points(outputs, A)).isPositive().isLessThan(100);
    }

    @Test
    void turnsToTheNextPeerWhenTheOneAskedGoes() {
        connect(A, B);
        drain();
        disconnect(A);
        assertThat(sent(drain(), B, GetHeaders.class)).hasSize(1);
    }

    @Test
    void asksOnWherePeersHaveMoreAndFetchesTheBodies() {
        List<SealedHeader> all = branch(700, "honest");
        connect(A);
        says(A, all.subList(0, 512), false);
        List<GetHeaders> asked = sent(drain(), A, GetHeaders.class);
        assertThat(asked.getLast().locator()).startsWith(all.get(511).header().id());
        says(A, all.subList(512, 700), true);
        assertThat(fetch.count()).isEqualTo(700);
        drain();
        assertThat(bodiesAsked(outputs, A))
                .startsWith(all.getFirst().header().id())
                .hasSize(64);
        for (SealedHeader header : all) {
            delivers(A, header.header().id());
        }
        drain();
        assertThat(bodiesAsked(outputs, A)).containsExactlyElementsOf(ids(all));
        assertThat(fetch.count()).isZero();
        assertThat(chain.index.head().height()).isEqualTo(700);
    }

    @Test
    void fetchesFromAllPeersThatShowedTheBranch() {
        List<SealedHeader> all = branch(200, "honest");
        connect(A, B);
        says(A, all, true);
        says(B, all.subList(199, 200), true);
        drain();
        delivers(A, all.getFirst().header().id());
        for (int i = 1; i < 40; i++) {
            delivers(A, all.get(i).header().id());
        }
        drain();
        assertThat(bodiesAsked(outputs, B)).isNotEmpty();
        assertThat(bodiesAsked(outputs, A)).doesNotContainAnyElementsOf(bodiesAsked(outputs, B));
    }

    @Test
    void anEndlessStreamOfTheSameHeadersEnds() {
        List<SealedHeader> some = branch(10, "again");
        connect(A);
        for (int i = 0; i < 50; i++) {
            says(A, some, false);
        }
        assertThat(sent(drain(), A, GetHeaders.class)).hasSizeLessThanOrEqualTo(3);
        says(A, List.of(), false);
        assertThat(sync.isAsking()).isFalse();
    }

    @Test
    void aPeerWithALongBranchDoesNotKeepOthersFromBeingAsked() {
        List<SealedHeader> flood = branch(4 * 512, "flood");
        connect(A, B);
        says(A, flood.subList(0, 512), false);
        assertThat(sent(drain(), B, GetHeaders.class)).hasSize(1);
        says(B, List.of(), true);
        assertThat(sent(drain(), A, GetHeaders.class)).hasSize(1);
    }

    @Test
    void withheldBodiesBoundWhatAPeerMayShow() {
        List<SealedHeader> flood = branch(10_000, "flood");
        connect(A);
        int shown = 0;
        drain();
        boolean asked = true;
        while (asked && shown < flood.size()) {
            int end = Math.min(shown + 512, flood.size());
            says(A, flood.subList(shown, end), false);
            shown = end;
            asked = !sent(drain(), A, GetHeaders.class).isEmpty();
        }
        assertThat(shown).isLessThanOrEqualTo(BlockFetch.ENOUGH_WANTED + 512);
        assertThat(fetch.count()).isEqualTo(shown);
    }

    @Test
    void aBranchWhoseBodiesAreWithheldIsForgottenWithItsPeer() {
        List<SealedHeader> flood = branch(1_000, "flood");
        List<SealedHeader> honest = branch(300, "honest");
        connect(A, B);
        says(A, flood.subList(0, 512), false);
        says(B, honest, true);
        // the honest branch goes on meanwhile, though the other was first
        assertThat(bodiesAsked(drain(), B))
                .startsWith(honest.getFirst().header().id());
        for (int i = 0; i < 5; i++) {
            tick(8_000);
        }
        drain();
        assertThat(points(outputs, A)).isGreaterThanOrEqualTo(20);
        assertThat(chain.index.incompleteCount()).isEqualTo(512 + 300);
        disconnect(A);
        assertThat(chain.index.incompleteCount()).isEqualTo(300);
        assertThat(fetch.count()).isEqualTo(300);
        for (SealedHeader header : honest) {
            delivers(B, header.header().id());
        }
        assertThat(chain.index.head().height()).isEqualTo(300);
    }

    @Test
    void manySilentPeersLeaveRoomForAnHonestOne() {
        List<NodeId> silent = Stream.iterate(200, n -> n + 1)
                .limit(8)
                .map(n -> new NodeId(WireSamples.hash(n)))
                .toList();
        for (NodeId peer : silent) {
            connect(peer);
            says(peer, branch(100, peer.toString()), true);
        }
        drain();
        List<SealedHeader> honest = branch(300, "honest");
        connect(B);
        says(B, honest, true);
        assertThat(bodiesAsked(drain(), B)).isNotEmpty();
        for (int i = 0; i < 300; i++) {
            Hash id = honest.get(i).header().id();
            assertThat(bodiesAsked(outputs, B)).contains(id);
            delivers(B, id);
            drain();
        }
        assertThat(chain.index.head().height()).isEqualTo(300);
    }

    @Test
    void aFullTreeIsNoFaultOfThePeersHeaders() {
        FakeChain small = new FakeChain(50);
        BlockFetch smallFetch = new BlockFetch(out, small);
        HeaderSync smallSync = new HeaderSync(out, small, smallFetch);
        smallFetch.connected(A);
        smallSync.connected(A, now);
        smallSync.onHeaders(A, new Headers(WireSamples.headers(small.genesis(), 1, 200, "long"), true), false, now);
        drain();
        assertThat(points(outputs, A)).isZero();
        assertThat(small.index.incompleteCount()).isEqualTo(50);
        // a heavier header finds a place all the same
        smallFetch.connected(B);
        smallSync.connected(B, now);
        small.weight = BigInteger.valueOf(1_000);
        List<SealedHeader> heavy = WireSamples.headers(small.genesis(), 1, 3, "heavy");
        smallSync.onHeaders(B, new Headers(heavy, true), false, now);
        assertThat(small.index.node(heavy.getLast().header().id())).isPresent();
        assertThat(bodiesAsked(drain(), B)).containsExactlyElementsOf(ids(heavy));
    }

    @Test
    void bodiesOfBranchesThatCannotWinAreNotFetched() {
        chain.worth = false;
        connect(A);
        says(A, branch(100, "light"), true);
        assertThat(bodiesAsked(drain(), A)).isEmpty();
        assertThat(fetch.count()).isZero();
        assertThat(sync.bestKnownHeight()).isZero();
    }

    @Test
    void aHeaderThatBreaksARuleCostsTheBan() {
        List<SealedHeader> headers = branch(3, "bad");
        chain.refuse(headers.get(1), Reason.BAD_WORK);
        connect(A, B);
        says(A, headers, true);
        drain();
        assertThat(points(outputs, A)).isEqualTo(100);
        assertThat(sent(outputs, B, GetHeaders.class)).hasSize(1);
        // what came before it is good
        assertThat(fetch.wants(headers.getFirst().header().id())).isTrue();
    }

    @Test
    void aHeaderFromTheFutureIsNoOffence() {
        List<SealedHeader> headers = branch(3, "early");
        chain.refuse(headers.get(2), Reason.TIME_TOO_LATE);
        connect(A);
        says(A, headers, true);
        drain();
        assertThat(points(outputs, A)).isZero();
        assertThat(fetch.count()).isEqualTo(2);
    }

    @Test
    void newsThatDoesNotConnectIsAskedAfter() {
        List<SealedHeader> headers = branch(5, "ahead");
        connect(A);
        says(A, List.of(), true);
        drain();
        says(A, headers.subList(4, 5), true);
        assertThat(sent(drain(), A, GetHeaders.class)).hasSize(1);
        says(A, headers, true);
        assertThat(fetch.count()).isEqualTo(5);
        assertThat(points(outputs, A)).isZero();
    }

    @Test
    void headersOfAPeerThatWentAreNotTaken() {
        connect(A);
        disconnect(A);
        says(A, branch(5, "gone"), true);
        assertThat(fetch.count()).isZero();
        assertThat(sync.isAsking()).isFalse();
    }

    @Test
    void aLateBodyIsAskedOfAnother() {
        List<SealedHeader> headers = branch(1, "slow");
        connect(A, B);
        says(A, headers, true);
        says(B, headers, true);
        assertThat(bodiesAsked(drain(), A)).hasSize(1);
        tick(7_999);
        assertThat(bodiesAsked(drain(), B)).isEmpty();
        tick(1);
        assertThat(bodiesAsked(drain(), B)).containsExactlyElementsOf(ids(headers));
        // and of the first again when the second is silent too
        tick(8_000);
        assertThat(bodiesAsked(drain(), A)).containsExactlyElementsOf(ids(headers));
    }

    @Test
    void aPeerThatDeliversSlowlyIsNotPunished() {
        List<SealedHeader> headers = branch(40, "slow");
        connect(A);
        says(A, headers, true);
        for (int i = 0; i < 7; i++) {
            tick(7_000);
            delivers(A, headers.get(i).header().id());
        }
        drain();
        assertThat(points(outputs, A)).isZero();
        // but one block held back for ever is missed in the end
        for (int i = 8; i < 12; i++) {
            tick(7_000);
            delivers(A, headers.get(i).header().id());
        }
        drain();
        assertThat(points(outputs, A)).isPositive();
    }

    @Test
    void aBodyThatNobodyHasIsGivenUp() {
        List<SealedHeader> headers = branch(3, "empty");
        connect(A, B);
        says(A, headers, true);
        says(B, headers, true);
        Hash first = headers.getFirst().header().id();
        drain();
        NodeId one = bodiesAsked(outputs, A).contains(first) ? A : B;
        fetch.notFound(one, List.of(first), now);
        NodeId other = one.equals(A) ? B : A;
        assertThat(bodiesAsked(drain(), other)).contains(first);
        fetch.notFound(other, List.of(first), now);
        drain();
        assertThat(chain.index.incompleteCount()).isZero();
        assertThat(points(outputs, A)).isPositive();
        // shown again, it is wanted again
        says(B, headers, true);
        assertThat(fetch.count()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void notFoundOfWhatWasNotAskedChangesNothing() {
        List<SealedHeader> headers = branch(3, "b");
        connect(A, B);
        says(A, headers, true);
        fetch.notFound(B, ids(headers), now);
        fetch.notFound(A, WireSamples.hashes(32), now);
        drain();
        assertThat(fetch.count()).isEqualTo(3);
        assertThat(points(outputs, A) + points(outputs, B)).isZero();
    }

    @Test
    void theNextBlockIsAskedForInCompactFormAndThenWhole() {
        List<SealedHeader> headers = branch(1, "next");
        Hash id = headers.getFirst().header().id();
        connect(A, B);
        says(A, List.of(), true);
        says(B, List.of(), true);
        drain();
        sync.onHeaders(A, new Headers(headers, true), true, now);
        assertThat(sent(drain(), A, GetCompactBlock.class)).hasSize(1);
        assertThat(fetch.awaitsCompact(A, id)).isTrue();
        assertThat(fetch.awaitsCompact(B, id)).isFalse();
        // another peer cannot make it fail
        fetch.compactFailed(B, id, now);
        assertThat(drain()).isEmpty();
        fetch.compactFailed(A, id, now);
        assertThat(bodiesAsked(drain(), A)).containsExactly(id);
    }

    @Test
    void aCompactBlockIsAskedOfAnotherWhenItsAnnouncerGoes() {
        List<SealedHeader> headers = branch(1, "next");
        connect(A, B);
        says(A, List.of(), true);
        says(B, List.of(), true);
        sync.onHeaders(A, new Headers(headers, true), true, now);
        sync.onHeaders(B, new Headers(headers, true), true, now);
        drain();
        disconnect(A);
        assertThat(bodiesAsked(drain(), B)).containsExactlyElementsOf(ids(headers));
        delivers(B, headers.getFirst().header().id());
        assertThat(fetch.count()).isZero();
    }

    @Test
    void unsolicitedBodiesAreNotWanted() {
        connect(A);
        assertThat(fetch.arrived(A, WireSamples.hash(5), BODY_BYTES, now)).isFalse();
    }

    @Test
    void largeBlocksLowerWhatIsOnItsWay() {
        List<SealedHeader> headers = branch(500, "large");
        connect(A);
        says(A, headers, true);
        drain();
        for (int i = 0; i < 64; i++) {
            Hash id = headers.get(i).header().id();
            fetch.arrived(A, id, 8 << 20, now);
            chain.arrived(id);
        }
        drain();
        int inFlight = bodiesAsked(outputs, A).size() - 64;
        assertThat(inFlight).isBetween(1, 8);
    }
}
