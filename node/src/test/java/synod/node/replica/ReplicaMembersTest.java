package synod.node.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static synod.node.replica.ReplicaBench.branch;
import static synod.node.replica.ReplicaBench.sealed;
import static synod.node.replica.ReplicaBench.transfer;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.store.MemoryDisk;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Transaction;
import synod.consensus.Action;
import synod.consensus.Event;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** What the replica does for engines whose members agree on each block before it is adopted. */
class ReplicaMembersTest {
    private static final SigningKey MEMBER =
            SigningKey.of(Sha256.hash(new byte[] {1}).bytes());
    private static final NodeId PEER = NodeId.of(MEMBER.publicKey());

    private final MemoryDisk disk = new MemoryDisk();
    private final ReplicaBench bench = new ReplicaBench(disk, new MemoryKeyValueStore());

    @BeforeEach
    void start() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
    }

    private void submit(long ticket, Transaction transaction) {
        bench.step(new Input.Submitted(ticket, new Verified<>(transaction)));
        bench.sync();
    }

    private void decide(Block block) {
        bench.engine.next(new Action.Decide(sealed(block)));
        bench.prod();
        bench.sync();
    }

    private void says(WireMessage message) {
        bench.step(new Input.Received(PEER, new Verified<>(message)));
    }

    @Test
    void theEngineHearsOnceForEachHeadThatWorkWaits() {
        assertThat(bench.engine.heard(Event.WorkWaits.class)).isEmpty();
        submit(1, transfer(0, 1_000));
        submit(2, transfer(1, 1_000));
        assertThat(bench.engine.heard(Event.WorkWaits.class)).hasSize(1);

        decide(branch("a", 1, List.of()).getFirst());

        assertThat(bench.engine.heard(Event.WorkWaits.class)).hasSize(2);
        assertThat(bench.engine.events.getLast())
                .as("after the head's own event")
                .isInstanceOf(Event.WorkWaits.class);
    }

    @Test
    void noWorkWaitsWhenTheBlockTookItAll() {
        Transaction only = transfer(0, 1_000);
        submit(1, only);
        decide(branch("a", 1, List.of(only)).getFirst());
        assertThat(bench.engine.heard(Event.WorkWaits.class)).hasSize(1);
    }

    @Test
    void workThatOutlivedARestartIsReported() {
        submit(1, transfer(0, 1_000));
        ReplicaBench again = new ReplicaBench(disk.crash(0), new MemoryKeyValueStore()).start();
        assertThat(again.engine.heard(Event.WorkWaits.class)).hasSize(1);
    }

    @Test
    void aMemberThatFellBehindIsToldTheLastHeadersAgain() {
        branch("a", 12, List.of()).forEach(this::decide);
        bench.outputs.clear();
        bench.engine.next(new Action.Announce(MEMBER.publicKey()));
        bench.prod();
        assertThat(bench.sent(PEER, WireMessage.Headers.class)).singleElement().satisfies(news -> {
            assertThat(news.last()).isTrue();
            assertThat(news.headers().stream().map(header -> header.header().height()))
                    .containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        });
    }

    @Test
    void nothingIsAnnouncedToAMemberThatIsNotConnected() {
        branch("a", 1, List.of()).forEach(this::decide);
        bench.step(new Input.PeerDisconnected(PEER));
        bench.outputs.clear();
        bench.engine.next(new Action.Announce(MEMBER.publicKey()));
        bench.prod();
        assertThat(bench.outputs).isEmpty();
    }

    @Test
    void ofTwoSealsOfABlockARestartFindsTheOneThatTheTreeHad() {
        Block block = branch("a", 1, List.of()).getFirst();
        ByteString first = ByteString.of((byte) 1);
        says(new WireMessage.Headers(List.of(new SealedHeader(block.header(), first)), true));
        bench.engine.next(new Action.Decide(new SealedBlock(block, ByteString.of((byte) 2))));
        bench.prod();
        bench.sync();
        assertThat(bench.replica.blocks().head().seal()).isEqualTo(first);
        ReplicaBench again = new ReplicaBench(disk.crash(0), new MemoryKeyValueStore()).start();
        assertThat(again.replica.blocks().head().seal()).isEqualTo(first);
    }

    @Test
    void blocksThatWaitedForTheBodyOfTheDecidedOneArriveWithIt() {
        List<Block> blocks = branch("a", 2, List.of());
        says(new WireMessage.Headers(
                blocks.stream()
                        .map(block -> new SealedHeader(block.header(), ByteString.EMPTY))
                        .toList(),
                true));
        says(new WireMessage.BlockBody(sealed(blocks.get(1))));
        bench.sync();
        assertThat(bench.engine.heard(Event.BlockArrived.class)).isEmpty();

        decide(blocks.get(0));

        assertThat(bench.engine.heard(Event.BlockArrived.class))
                .singleElement()
                .satisfies(arrived ->
                        assertThat(arrived.block()).isEqualTo(blocks.get(1).id()));
    }
}
