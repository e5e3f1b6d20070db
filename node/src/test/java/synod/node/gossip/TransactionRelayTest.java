package synod.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.node.replica.Drain;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.node.wire.WireMessage.GetTransactions;
import synod.node.wire.WireMessage.HaveTransactions;
import synod.node.wire.WireMessage.Transactions;
import synod.node.wire.WireSamples;
import synod.p2p.NodeId;

/** Transactions between peers that are honest, silent, or flood. */
class TransactionRelayTest {
    private static final String TIMER = "transaction-relay";
    private static final NodeId A = new NodeId(WireSamples.hash(1));
    private static final NodeId B = new NodeId(WireSamples.hash(2));
    private static final NodeId C = new NodeId(WireSamples.hash(3));
    private static final Transaction TX = WireSamples.transaction(0);

    private final Outbox out = new Outbox();
    private final Map<Hash, Transaction> mempool = new LinkedHashMap<>();
    private final Set<Hash> included = new LinkedHashSet<>();
    private final TransactionRelay relay =
            new TransactionRelay(out, id -> Optional.ofNullable(mempool.get(id)), included::contains);
    private long now = 1_000;

    private void connect(NodeId... peers) {
        for (NodeId peer : peers) {
            relay.connected(peer, List.of(), now);
        }
    }

    private <T extends WireMessage> List<T> sent(NodeId to, Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Output output : Drain.of(out)) {
            if (output instanceof Output.Send(var peer, var message) && peer.equals(to) && kind.isInstance(message)) {
                found.add(kind.cast(message));
            }
        }
        return found;
    }

    private void tick(long millis) {
        now += millis;
        assertThat(relay.onTimer(TIMER, now)).isTrue();
    }

    private void waits(Transaction transaction) {
        mempool.put(transaction.id(), transaction);
    }

    @Test
    void announcesOnceToThoseThatDoNotKnow() {
        connect(A, B);
        relay.onHave(A, List.of(TX.id()), now);
        assertThat(relay.onTransactions(A, List.of(TX))).containsExactly(TX);
        waits(TX);
        relay.announce(TX.id(), now);
        tick(TransactionRelay.GATHER_MILLIS);
        List<Output> outputs = Drain.of(out);
        assertThat(outputs)
                .filteredOn(Output.Send.class::isInstance)
                .containsOnlyOnce(
                        new Output.Send(A, new GetTransactions(List.of(TX.id()))),
                        new Output.Send(B, new HaveTransactions(List.of(TX.id()))));
        relay.announce(TX.id(), now);
        tick(TransactionRelay.GATHER_MILLIS);
        assertThat(sent(B, HaveTransactions.class)).isEmpty();
    }

    @Test
    void theFirstIsAnnouncedAtOnceAndWhatFollowsCloselyIsGathered() {
        connect(A);
        Transaction second = WireSamples.transaction(1);
        Transaction third = WireSamples.transaction(2);
        List.of(TX, second, third).forEach(this::waits);
        relay.announce(TX.id(), now);
        assertThat(sent(A, HaveTransactions.class)).containsExactly(new HaveTransactions(List.of(TX.id())));
        relay.announce(second.id(), ++now);
        relay.announce(third.id(), ++now);
        assertThat(sent(A, HaveTransactions.class)).isEmpty();
        tick(TransactionRelay.GATHER_MILLIS);
        assertThat(sent(A, HaveTransactions.class))
                .containsExactly(new HaveTransactions(List.of(second.id(), third.id())));
    }

    @Test
    void aClockThatWentBackDelaysNoAnnouncement() {
        connect(A);
        waits(TX);
        waits(WireSamples.transaction(1));
        relay.announce(TX.id(), now);
        now -= 1_000_000;
        relay.announce(WireSamples.transaction(1).id(), now);
        assertThat(sent(A, HaveTransactions.class)).hasSize(2);
    }

    @Test
    void aNewPeerHearsOfAllThatWaitsAndReannouncementRepeatsIt() {
        waits(TX);
        relay.connected(A, List.of(TX), now);
        tick(TransactionRelay.GATHER_MILLIS);
        assertThat(sent(A, HaveTransactions.class)).hasSize(1);
        relay.reannounce(List.of(TX), now);
        tick(TransactionRelay.GATHER_MILLIS);
        assertThat(sent(A, HaveTransactions.class)).hasSize(1);
    }

    @Test
    void whatLeftTheMempoolMeanwhileIsNotAnnounced() {
        relay.connected(A, List.of(TX), now);
        tick(TransactionRelay.GATHER_MILLIS);
        assertThat(sent(A, HaveTransactions.class)).isEmpty();
    }

    @Test
    void asksOneAnnouncerThenTheNextOnSilence() {
        connect(A, B, C);
        for (NodeId peer : List.of(A, B, C)) {
            relay.onHave(peer, List.of(TX.id()), now);
        }
        List<Output> outputs = Drain.of(out);
        assertThat(outputs)
                .filteredOn(Output.Send.class::isInstance)
                .containsExactly(new Output.Send(A, new GetTransactions(List.of(TX.id()))));
        tick(1_999);
        assertThat(sent(B, GetTransactions.class)).isEmpty();
        tick(1);
        assertThat(sent(B, GetTransactions.class)).hasSize(1);
        relay.disconnected(B, now);
        assertThat(sent(C, GetTransactions.class)).hasSize(1);
        tick(2_000);
        assertThat(Drain.of(out)).as("nobody is left to be asked").isEmpty();
        // forgotten, so that it can be asked for anew
        relay.onHave(A, List.of(TX.id()), now);
        assertThat(sent(A, GetTransactions.class)).hasSize(1);
    }

    @Test
    void doesNotAskForWhatIsHereIncludedOrRefused() {
        Transaction other = WireSamples.transaction(1);
        Transaction bad = WireSamples.transaction(2);
        waits(TX);
        included.add(other.id());
        relay.refused(bad.id());
        connect(A);
        relay.onHave(A, List.of(TX.id(), other.id(), bad.id()), now);
        assertThat(sent(A, GetTransactions.class)).isEmpty();
        relay.headChanged();
        relay.onHave(A, List.of(bad.id()), now);
        assertThat(sent(A, GetTransactions.class)).hasSize(1);
    }

    @Test
    void takesOnlyWhatWasAnnouncedByTheSender() {
        connect(A, B);
        assertThat(relay.onTransactions(A, List.of(TX))).isEmpty();
        relay.onHave(A, List.of(TX.id()), now);
        assertThat(relay.onTransactions(B, List.of(TX))).isEmpty();
        assertThat(relay.onTransactions(A, List.of(TX, TX))).containsExactly(TX);
    }

    @Test
    void answersWithWhatItHasOnceEachInBoundedMessages() {
        List<Transaction> transactions = WireSamples.transactions(50);
        transactions.forEach(this::waits);
        connect(A);
        List<Hash> asked =
                new ArrayList<>(Collections.nCopies(900, transactions.getFirst().id()));
        transactions.forEach(transaction -> asked.add(transaction.id()));
        asked.add(WireSamples.hash(-7));
        relay.onGet(A, asked);
        assertThat(sent(A, Transactions.class).stream().flatMap(answer -> answer.transactions().stream()))
                .containsExactlyInAnyOrderElementsOf(transactions);
    }

    @Test
    void aFloodOfAMillionIdsStaysBoundedAndLeavesRoomForOthers() {
        List<NodeId> flooders = IntStream.range(10, 20)
                .mapToObj(n -> new NodeId(WireSamples.hash(n)))
                .toList();
        flooders.forEach(this::connect);
        connect(B);
        int next = 1_000;
        long asked = 0;
        for (int round = 0; round < 100; round++) {
            for (NodeId flooder : flooders) {
                List<Hash> ids = IntStream.range(next, next + 1_000)
                        .mapToObj(TransactionRelayTest::cheapHash)
                        .toList();
                next += 1_000;
                relay.onHave(flooder, ids, now);
            }
            for (Output output : Drain.of(out)) {
                if (output instanceof Output.Send(var _, GetTransactions(var ids))) {
                    asked += ids.size();
                }
            }
        }
        assertThat(asked).isLessThanOrEqualTo(100_000);
        relay.onHave(B, List.of(TX.id()), now);
        assertThat(sent(B, GetTransactions.class))
                .as("an honest peer still has its place")
                .hasSize(1);
        // all silent: everything is forgotten in the end
        for (int i = 0; i < 10; i++) {
            tick(2_000);
        }
        Drain.of(out);
        tick(2_000);
        assertThat(Drain.of(out)).as("no timer is set any more").isEmpty();
    }

    private static Hash cheapHash(int number) {
        byte[] bytes = new byte[Hash.LENGTH];
        java.nio.ByteBuffer.wrap(bytes).putInt(number);
        return Hash.of(bytes);
    }

    @Test
    void peersThatAreGoneOrUnknownAreIgnored() {
        relay.onHave(A, List.of(TX.id()), now);
        relay.disconnected(A, now);
        assertThat(relay.onTransactions(A, List.of(TX))).isEmpty();
        assertThat(Drain.of(out)).isEmpty();
        assertThat(relay.onTimer("another", now)).isFalse();
    }
}
