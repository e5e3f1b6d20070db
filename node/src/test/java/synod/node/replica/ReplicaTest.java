package synod.node.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.node.replica.ReplicaBench.branch;
import static synod.node.replica.ReplicaBench.sealed;
import static synod.node.replica.ReplicaBench.transfer;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.store.MemoryDisk;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Transaction;
import synod.consensus.Action;
import synod.consensus.Entry;
import synod.consensus.Event;
import synod.consensus.Message;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;
import synod.node.journal.JournalEntry;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** The replica under an engine that does what the test says. */
class ReplicaTest {
    private static final SigningKey MEMBER =
            SigningKey.of(Sha256.hash(new byte[] {1}).bytes());
    private static final NodeId PEER = NodeId.of(MEMBER.publicKey());
    private static final NodeId OTHER = new NodeId(Sha256.hash(new byte[] {2}));
    private static final Entry VOTE = new Entry(ByteString.of(new byte[] {1}), ByteString.of(new byte[] {2}));
    private static final Message MESSAGE = () -> new byte[] {9};

    private final MemoryDisk disk = new MemoryDisk();
    private final MemoryKeyValueStore store = new MemoryKeyValueStore();
    private final ReplicaBench bench = new ReplicaBench(disk, store);

    private static void says(ReplicaBench to, NodeId peer, WireMessage message) {
        to.step(new Input.Received(peer, new Verified<>(message)));
    }

    /** A peer shows these blocks' headers and gives their bodies. */
    private static void deliver(ReplicaBench to, List<Block> blocks) {
        for (int start = 0; start < blocks.size(); start += WireMessage.MAX_HEADERS) {
            List<Block> part = blocks.subList(start, Math.min(blocks.size(), start + WireMessage.MAX_HEADERS));
            says(
                    to,
                    PEER,
                    new WireMessage.Headers(
                            part.stream()
                                    .map(block -> new SealedHeader(block.header(), ByteString.EMPTY))
                                    .toList(),
                            true));
            part.forEach(block -> says(to, PEER, new WireMessage.BlockBody(sealed(block))));
            to.sync();
        }
    }

    private static List<Action> adoptOnArrival(Event event) {
        return event instanceof Event.BlockArrived(var _, var id) ? List.of(new Action.Adopt(id)) : List.of();
    }

    private Hash head() {
        return bench.replica.blocks().head().id();
    }

    @Test
    void theEngineHearsOfTheStartFirst() {
        bench.start();
        assertThat(bench.engine.events).hasSize(1).first().isInstanceOf(Event.Started.class);
    }

    @Test
    void blockZeroIsThereThoughNobodyJournaledIt() {
        bench.start();
        assertThat(bench.replica.block(head()))
                .hasValueSatisfying(
                        block -> assertThat(block.block().encode()).isEqualTo(ReplicaBench.BLOCK_0.encode()))
                .hasValueSatisfying(block ->
                        assertThat(block.block().checkTransactionsRoot()).isEmpty());
    }

    @Test
    void inputsBeforeTheStartAreABrokenInvariant() {
        Transaction transaction = transfer(0, 1_000);
        for (Input input : List.of(
                new Input.PeerConnected(PEER),
                new Input.PeerDisconnected(PEER),
                new Input.Received(PEER, new Verified<>(new WireMessage.EngineMessage(MESSAGE))),
                new Input.Submitted(1, new Verified<>(transaction)),
                new Input.TimerExpired("engine/x"),
                new Input.NonceFound(ReplicaBench.BLOCK_0))) {
            assertThatThrownBy(() -> bench.step(input))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has not started");
        }
        bench.start();
        assertThatThrownBy(() -> bench.step(new Input.Started(List.of(), new TreeMap<>())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has started");
    }

    @Test
    void aTimerThatNobodySetIsABrokenInvariant() {
        bench.start();
        assertThatThrownBy(() -> bench.step(new Input.TimerExpired("nobody's")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody's");
        assertThatThrownBy(() -> bench.step(new Input.Durable(99, List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("99");
    }

    @Test
    void peersThatAreNotConnectedAreNotHeard() {
        bench.start();
        says(bench, PEER, new WireMessage.EngineMessage(MESSAGE));
        says(bench, PEER, new WireMessage.GetHeaders(List.of()));
        bench.step(new Input.PeerDisconnected(PEER));
        assertThat(bench.engine.heard(Event.Received.class)).isEmpty();
        assertThat(bench.sent(PEER, WireMessage.Headers.class)).isEmpty();
    }

    @Test
    void aSecondConnectionOfAPeerEndsTheFirst() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.step(new Input.PeerConnected(PEER));
        bench.step(new Input.PeerDisconnected(PEER));
        bench.step(new Input.PeerDisconnected(PEER));
        assertThat(bench.replica.sync().activity()).isEqualTo("no peer is connected");
    }

    @Test
    void whatAPromiseLeadsToWaitsForTheDisk() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.step(new Input.PeerConnected(OTHER));
        bench.engine.next(
                new Action.Persist(
                        List.of(VOTE),
                        List.of(new Action.Send(MEMBER.publicKey(), MESSAGE), new Action.StartTimer("t", 5))),
                new Action.Broadcast(MESSAGE));
        bench.prod();
        assertThat(bench.sent(PEER, WireMessage.EngineMessage.class))
                .as("the broadcast only")
                .hasSize(1);
        assertThat(bench.sent(OTHER, WireMessage.EngineMessage.class)).hasSize(1);
        assertThat(bench.appends)
                .singleElement()
                .satisfies(append -> assertThat(append.entries()).containsExactly(new JournalEntry.EngineEntry(VOTE)));
        bench.sync();
        assertThat(bench.sent(PEER, WireMessage.EngineMessage.class)).hasSize(2);
        assertThat(bench.outputs).contains(new Output.SetTimer("engine/t", bench.now + 5));
        // and a restart gives it back
        ReplicaBench again = new ReplicaBench(disk.crash(0), new MemoryKeyValueStore()).start();
        assertThat(again.engine.heard(Event.Started.class).getFirst().entries())
                .containsExactly(java.util.Map.entry(VOTE.key(), VOTE.value()));
    }

    @Test
    void validatingLeavesTheHeadWhereItIs() {
        bench.start();
        Block good = branch("a", 1, List.of()).getFirst();
        Block orphan = branch("a", 2, List.of()).getLast();
        bench.engine.next(new Action.Validate(good), new Action.Validate(orphan));
        bench.prod();
        List<Event.BlockValidated> answers = bench.engine.heard(Event.BlockValidated.class);
        assertThat(answers.getFirst().rejection()).isEmpty();
        assertThat(answers.getLast().rejection()).isPresent();
        assertThat(head()).isEqualTo(ReplicaBench.BLOCK_0.id());
    }

    @Test
    void aDecidedBlockIsDurableThenAdoptedAndFinal() {
        bench.start();
        List<Block> blocks = branch("a", 2, List.of());
        bench.engine.next(new Action.Decide(sealed(blocks.get(0))), new Action.Decide(sealed(blocks.get(1))));
        bench.prod();
        assertThat(head()).isEqualTo(ReplicaBench.BLOCK_0.id());
        bench.sync();
        assertThat(head()).isEqualTo(blocks.get(1).id());
        assertThat(bench.engine.heard(Event.BlockApplied.class)).hasSize(2);
        assertThat(bench.replica.finality(blocks.get(0).id()).isFinal()).isTrue();
        ReplicaBench again = new ReplicaBench(disk.crash(0), new MemoryKeyValueStore()).start();
        assertThat(again.replica.blocks().head().id()).isEqualTo(blocks.get(1).id());
    }

    @Test
    void aBlockThatAPeerBroughtMayBeDecidedToo() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        Block block = branch("a", 1, List.of()).getFirst();
        says(bench, PEER, new WireMessage.Headers(List.of(new SealedHeader(block.header(), ByteString.EMPTY)), true));
        says(bench, PEER, new WireMessage.BlockBody(sealed(block)));
        // its body is on its way to the disk
        bench.engine.next(new Action.Decide(sealed(block)), new Action.Decide(sealed(block)));
        bench.prod();
        bench.sync();
        assertThat(head()).isEqualTo(block.id());
        long journaled = bench.outputs.stream()
                .filter(output -> output instanceof Output.Append append
                        && append.entries().stream().anyMatch(JournalEntry.BlockEntry.class::isInstance))
                .count();
        assertThat(journaled).isEqualTo(1);
    }

    @Test
    void leavingAFinalBlockIsABrokenInvariant() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        Block decided = branch("a", 1, List.of()).getFirst();
        List<Block> longer = branch("b", 2, List.of());
        deliver(bench, longer);
        bench.engine.next(new Action.Decide(sealed(decided)));
        bench.prod();
        bench.sync();
        bench.engine.next(new Action.Adopt(longer.getLast().id()));
        assertThatThrownBy(bench::prod)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("left the final block");
    }

    @Test
    void aBranchThatForksOffBelowWhatIsFinalIsPassedOverInSilence() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.next(new Action.Decide(sealed(branch("a", 1, List.of()).getFirst())));
        bench.prod();
        bench.sync();
        List<Block> longer = branch("b", 2, List.of());
        deliver(bench, longer);
        assertThat(bench.replica.blocks().node(longer.getFirst().id())).isEmpty();
        assertThat(bench.outputs).noneMatch(Output.Punish.class::isInstance);
    }

    @Test
    void aPublishedBlockIsDurableBeforeItIsSealed() {
        bench.start();
        Block block = branch("a", 1, List.of()).getFirst();
        SealedBlock published = new SealedBlock(block, ByteString.of((byte) 7));
        bench.engine.next(new Action.Publish(published));
        bench.prod();
        assertThat(bench.engine.heard(Event.Sealed.class)).isEmpty();
        bench.sync();
        assertThat(bench.engine.heard(Event.Sealed.class))
                .extracting(Event.Sealed::block)
                .containsExactly(block);
        assertThat(bench.replica.block(block.id())).contains(published);
        assertThat(head()).isEqualTo(ReplicaBench.BLOCK_0.id());
    }

    @Test
    void anAdoptionBelowWhatIsBeingWrittenWaits() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        List<Block> first = branch("a", 80, List.of());
        List<Block> longer = branch("b", 85, List.of());
        deliver(bench, first);
        assertThat(head()).isEqualTo(first.getLast().id());
        assertThat(bench.writes).as("the store follows").hasSize(1);
        deliver(bench, longer.subList(0, 84));
        assertThat(head()).isEqualTo(first.getLast().id());
        int applied = bench.engine.heard(Event.BlockApplied.class).size();
        bench.write();
        assertThat(head())
                .as("the branch that was waiting, off below what the store holds")
                .isIn(ids(longer));
        assertThat(bench.engine.heard(Event.BlockApplied.class)).hasSizeGreaterThan(applied);
        deliver(bench, longer.subList(84, 85));
        bench.write();
        bench.sync();
        assertThat(head()).isEqualTo(longer.getLast().id());
        // the store can be behind, ahead or on the other branch: a restart ends where the journal does
        ReplicaBench again = new ReplicaBench(disk.crash(0), store).start();
        assertThat(again.replica.blocks().head().id())
                .isEqualTo(longer.getLast().id());
    }

    private static List<Hash> ids(List<Block> blocks) {
        return blocks.stream().map(Block::id).toList();
    }

    @Test
    void aRestartThatReorganisesBelowTheStoreTellsTheEngineNothingItDidNotAsk() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        deliver(bench, branch("a", 150, List.of()));
        bench.write();
        // arrived and journaled, but the engine did not get to adopt it before the crash
        bench.engine.answer(_ -> List.of());
        List<Block> longer = branch("b", 160, List.of());
        deliver(bench, longer);
        ReplicaBench again = new ReplicaBench(disk.crash(0), store);
        again.start();
        again.write();
        assertThat(again.engine.events.getFirst()).isInstanceOf(Event.Started.class);
        assertThat(again.engine.heard(Event.BlockApplied.class)).isEmpty();
        assertThat(again.replica.blocks().head().id())
                .isEqualTo(longer.getLast().id());
    }

    @Test
    void whatIsFinalIsNotLeftWhileTheJournalIsRead() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        List<Block> longer = branch("b", 160, List.of());
        deliver(bench, longer);
        List<Block> adopted = branch("a", 150, List.of());
        bench.engine.answer(event -> event instanceof Event.BlockArrived(var _, var id)
                        && ids(adopted).contains(id)
                ? List.of(new Action.Adopt(id))
                : List.of());
        deliver(bench, adopted.subList(0, 30));
        bench.engine.next(new Action.Finalize(adopted.get(19).id()));
        bench.prod();
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        deliver(bench, adopted.subList(30, 80));
        bench.write();
        deliver(bench, adopted.subList(80, 150));
        assertThat(head()).isEqualTo(adopted.getLast().id());
        ReplicaBench again = new ReplicaBench(disk.crash(0), store);
        again.recover();
        assertThat(again.writes)
                .as("the store follows while the journal is read")
                .isNotEmpty();
        again.write();
        again.start();
        assertThat(again.replica.blocks().head().id())
                .isEqualTo(adopted.getLast().id());
    }

    @Test
    void theEngineMayGoBackToAnAncestorOfTheHead() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        List<Block> blocks = branch("a", 3, List.of());
        deliver(bench, blocks);
        bench.engine.next(new Action.Adopt(blocks.getFirst().id()));
        bench.prod();
        assertThat(head()).isEqualTo(blocks.getFirst().id());
        assertThat(bench.replica.ledger().height()).isEqualTo(1);
        bench.engine.next(new Action.Adopt(blocks.getLast().id()));
        bench.prod();
        assertThat(head()).isEqualTo(blocks.getLast().id());
    }

    @Test
    void aRefusedBranchLeavesTheHeadWhereItWas() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        List<Block> good = branch("a", 1, List.of());
        deliver(bench, good);
        Block first = branch("b", 1, List.of()).getFirst();
        Block lying = Lying.withAnotherStateRoot(first.id(), 2);
        bench.engine.answer(event -> event instanceof Event.BlockArrived(var _, var id) && id.equals(lying.id())
                ? List.of(new Action.Adopt(id))
                : List.of());
        deliver(bench, List.of(first, lying));
        assertThat(head()).isEqualTo(good.getFirst().id());
        assertThat(bench.engine.heard(Event.BlockApplied.class).getLast().rejection())
                .map(Rejection::reason)
                .contains(Reason.BAD_STATE_ROOT);
        // nobody is asked for what follows it
        bench.outputs.clear();
        Block child = Lying.withAnotherStateRoot(lying.id(), 3);
        says(bench, PEER, new WireMessage.Headers(List.of(new SealedHeader(child.header(), ByteString.EMPTY)), true));
        assertThat(bench.sent(PEER, WireMessage.GetBlocks.class)).isEmpty();
    }

    @Test
    void aTransactionIsAcknowledgedWhenDurableAndSurvives() {
        bench.start();
        Transaction transaction = transfer(0, 1_000);
        bench.step(new Input.Submitted(1, new Verified<>(transaction)));
        assertThat(bench.outputs).noneMatch(Output.Answer.class::isInstance);
        bench.sync();
        assertThat(bench.outputs).contains(new Output.Answer(1, Optional.empty()));
        ReplicaBench again = new ReplicaBench(disk.crash(0), store).start();
        assertThat(again.replica.mempool().transaction(transaction.id())).isPresent();
    }

    @Test
    void theSameTransactionAgainIsAnsweredAlikeAndJournaledOnce() {
        bench.start();
        Transaction transaction = transfer(0, 1_000);
        bench.step(new Input.Submitted(1, new Verified<>(transaction)));
        bench.step(new Input.Submitted(2, new Verified<>(transaction)));
        assertThat(bench.outputs).noneMatch(Output.Answer.class::isInstance);
        bench.sync();
        bench.step(new Input.Submitted(3, new Verified<>(transaction)));
        bench.sync();
        assertThat(bench.outputs)
                .filteredOn(Output.Answer.class::isInstance)
                .containsExactly(
                        new Output.Answer(1, Optional.empty()),
                        new Output.Answer(2, Optional.empty()),
                        new Output.Answer(3, Optional.empty()));
        assertThat(bench.outputs)
                .filteredOn(output -> output instanceof Output.Append append
                        && !append.entries().isEmpty())
                .hasSize(1);
    }

    @Test
    void aRefusedTransactionIsAnsweredWithItsReasonAtOnce() {
        bench.start();
        bench.step(new Input.Submitted(1, new Verified<>(transfer(0, 1))));
        assertThat(bench.outputs)
                .filteredOn(Output.Answer.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Output.Answer.class,
                        answer -> assertThat(answer.rejection())
                                .map(Rejection::reason)
                                .contains(Reason.FEE_TOO_LOW));
        assertThat(bench.appends).isEmpty();
    }

    @Test
    void anIncludedTransactionSaysWhereItStands() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        Transaction transaction = transfer(0, 1_000);
        deliver(bench, branch("a", 1, List.of(transaction)));
        bench.step(new Input.Submitted(1, new Verified<>(transaction)));
        assertThat(bench.outputs)
                .filteredOn(Output.Answer.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Output.Answer.class,
                        answer -> assertThat(answer.rejection())
                                .map(Rejection::reason)
                                .contains(Reason.ALREADY_KNOWN));
    }

    @Test
    void anAcknowledgedTransactionBehindAGapSurvivesARestart() {
        MemoryDisk disk = new MemoryDisk();
        MemoryKeyValueStore store = new MemoryKeyValueStore();
        ReplicaBench first = new ReplicaBench(disk, store).start();
        Transaction last = transfer(70, 1_000);
        for (int nonce = 0; nonce < 70; nonce++) {
            first.step(new Input.Submitted(nonce, new Verified<>(transfer(nonce, 1_000))));
        }
        first.appends.clear();
        first.step(new Input.Submitted(70, new Verified<>(last)));
        first.sync();
        assertThat(first.outputs).contains(new Output.Answer(70, Optional.empty()));

        ReplicaBench again = new ReplicaBench(disk.crash(0), store).start();

        assertThat(again.replica.mempool().transaction(last.id())).contains(last);
    }

    @Test
    void aBlockLargerThanTheRulesAllowIsNeverJournaled() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        Block good = branch("a", 1, List.of()).getFirst();
        List<Transaction> copies = Collections.nCopies(8_000, transfer(0, 1_000));
        HeaderCore core = good.header().core();
        Block large = new Block(
                new BlockHeader(
                        BlockHeader.VERSION,
                        good.header().parent(),
                        new HeaderCore(
                                core.chainId(),
                                core.height(),
                                0,
                                core.timeMillis(),
                                core.proposer(),
                                Block.transactionsRoot(copies),
                                core.stateRoot(),
                                core.receiptsRoot(),
                                core.validatorsRoot(),
                                core.engineField()),
                        0,
                        0),
                copies);
        says(bench, PEER, new WireMessage.Headers(List.of(new SealedHeader(large.header(), ByteString.EMPTY)), true));
        says(bench, PEER, new WireMessage.BlockBody(sealed(large)));

        assertThat(bench.appends).isEmpty();
        assertThat(bench.outputs)
                .anyMatch(output -> output instanceof Output.Punish(var peer, var points, var _)
                        && peer.equals(PEER)
                        && points == 100);
        says(bench, PEER, new WireMessage.GetBlockTransactions(large.id(), List.of(0)));
        assertThat(bench.sent(PEER, WireMessage.BlockTransactions.class)).isEmpty();
    }

    @Test
    void theJournalLetsGoOfATransactionOnlyWhenItIsSettled() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        Transaction included = transfer(0, 1_000);
        Transaction replaced = transfer(1, 1_000);
        Transaction replacement = transfer(1, 100_000);
        long ticket = 0;
        for (Transaction transaction : List.of(included, replaced, replacement)) {
            bench.step(new Input.Submitted(++ticket, new Verified<>(transaction)));
            bench.sync();
            assertThat(bench.outputs).contains(new Output.Answer(ticket, Optional.empty()));
        }
        List<Block> blocks = branch("a", 160, List.of(included, replacement));
        deliver(bench, blocks.subList(0, 60));
        assertThat(bench.keptByTheJournal()).containsExactly(included, replaced, replacement);
        deliver(bench, blocks.subList(60, 80));
        assertThat(bench.writes).isNotEmpty();
        bench.sync();
        // a reorganisation could still undo what took the replaced one's place, for all that is known yet
        assertThat(bench.keptByTheJournal()).containsExactly(replaced);
        bench.write();
        deliver(bench, blocks.subList(80, 160));
        bench.sync();
        assertThat(bench.keptByTheJournal()).isEmpty();
    }

    @Test
    void whatAReorganisationUndoesWaitsAgain() {
        bench.start();
        bench.step(new Input.PeerConnected(PEER));
        bench.engine.answer(ReplicaTest::adoptOnArrival);
        Transaction transaction = transfer(0, 1_000);
        bench.step(new Input.Submitted(1, new Verified<>(transaction)));
        bench.sync();
        deliver(bench, branch("a", 100, List.of(transaction)));
        bench.write();
        bench.sync();
        assertThat(bench.replica.mempool().transaction(transaction.id())).isEmpty();
        deliver(bench, branch("b", 101, List.of()));
        bench.write();
        assertThat(bench.replica.blocks().head().height()).isEqualTo(101);
        assertThat(bench.replica.ledger().locate(transaction.id())).isEmpty();
        assertThat(bench.replica.mempool().transaction(transaction.id())).isPresent();
    }
}
