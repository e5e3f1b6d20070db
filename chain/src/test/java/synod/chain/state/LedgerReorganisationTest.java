package synod.chain.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.WriteBatch;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

class LedgerReorganisationTest {
    private final LedgerFixture fixture = new LedgerFixture(LedgerFixture.RULES, 20, 5);

    /** A block of random transfers, anchors and votes on the head. */
    private Block randomBlock(Ledger ledger, Random random, String branch) {
        long[] nonces = new long[fixture.accounts()];
        for (int i = 0; i < nonces.length; i++) {
            nonces[i] = ledger.account(fixture.address(i)).nonce();
        }
        List<Transaction> transactions = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            int sender = random.nextInt(fixture.accounts());
            Address to = random.nextInt(4) == 0
                    ? new Address(LedgerFixture.hash("newcomer " + random.nextInt(200)))
                    : fixture.address(random.nextInt(fixture.accounts()));
            transactions.add(
                    random.nextInt(5) == 0
                            ? fixture.anchor(sender, nonces[sender]++, branch + " " + ledger.height() + " " + i)
                            : fixture.transfer(sender, nonces[sender]++, to, 1 + random.nextInt(1000)));
        }
        randomVotes(ledger, random, nonces, transactions);
        return fixture.draft(ledger, fixture.address(random.nextInt(fixture.accounts())), transactions);
    }

    /** Several members vote alike, so that now and then a vote succeeds, and on what does not always make sense. */
    private void randomVotes(Ledger ledger, Random random, long[] nonces, List<Transaction> transactions) {
        int size = ledger.validators().size();
        PublicKey about = fixture.publicKey(random.nextInt(fixture.accounts()));
        boolean add = size < 3 || size < 10 && random.nextBoolean();
        for (int voter = 0; voter < fixture.accounts(); voter++) {
            if (ledger.validators().contains(fixture.publicKey(voter)) && random.nextInt(3) > 0) {
                MemberVote.Change change = add ? MemberVote.Change.ADD : MemberVote.Change.REMOVE;
                transactions.add(fixture.vote(voter, nonces[voter]++, change, about));
            }
        }
    }

    private List<Block> extend(Ledger ledger, Random random, String branch, int blocks) throws RejectedException {
        List<Block> added = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            Block block = randomBlock(ledger, random, branch);
            ledger.push(block);
            added.add(block);
        }
        return added;
    }

    /** The rows after executing these blocks from genesis and writing them at once. */
    private SortedMap<ByteString, ByteString> rowsOf(List<Block> chain) throws RejectedException {
        MemoryKeyValueStore store = new MemoryKeyValueStore();
        Ledger ledger = fixture.open(store);
        for (Block block : chain) {
            ledger.push(block);
        }
        LedgerFixture.settle(ledger, store, ledger.height(), -1);
        return LedgerFixture.rows(store);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 40, 70})
    void aDeepReorganisationLeavesTheRowsOfAnExecutionFromGenesis(int settledHeight) throws RejectedException {
        Random random = new Random(settledHeight);
        MemoryKeyValueStore store = new MemoryKeyValueStore();
        Ledger ledger = fixture.open(store);
        List<Block> common = extend(ledger, random, "common", 10);
        Hash forkRoot = ledger.stateRoot();
        List<Block> abandoned = extend(ledger, random, "abandoned", 60);
        LedgerFixture.settle(ledger, store, settledHeight, -1);
        for (int i = abandoned.size() - 1; i >= 0; i--) {
            assertThat(ledger.pop()).isEqualTo(abandoned.get(i).id());
        }
        assertThat(ledger.stateRoot()).isEqualTo(forkRoot);
        ledger.audit().require();
        List<Block> adopted = extend(ledger, random, "adopted", 55);
        ledger.audit().require();
        LedgerFixture.settle(ledger, store, ledger.height(), -1);

        List<Block> chain = new ArrayList<>(common);
        chain.addAll(adopted);
        assertThat(ledger.stateRoot()).isEqualTo(chain.getLast().header().core().stateRoot());
        assertThat(LedgerFixture.rows(store)).isEqualTo(rowsOf(chain));
        fixture.open(store).audit().require();
    }

    /** As a member does who validates each proposal before it is decided; its store moves on meanwhile. */
    @Test
    void takingEachBlockOffAndPushingItAgainChangesNothing() throws RejectedException {
        Random random = new Random(11);
        MemoryKeyValueStore store = new MemoryKeyValueStore();
        Ledger ledger = fixture.open(store);
        List<Block> chain = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            chain.addAll(extend(ledger, random, "main", 1));
            ledger.pop();
            if (random.nextInt(3) == 0) {
                LedgerFixture.settle(ledger, store, ledger.height(), ledger.height());
            }
            if (random.nextInt(4) == 0) {
                extend(ledger, random, "refused", 1);
                ledger.pop();
            }
            ledger.push(chain.getLast());
        }
        ledger.audit().require();
        LedgerFixture.settle(ledger, store, ledger.height(), ledger.height());
        MemoryKeyValueStore straight = new MemoryKeyValueStore();
        Ledger once = fixture.open(straight);
        for (Block block : chain) {
            once.push(block);
        }
        LedgerFixture.settle(once, straight, once.height(), once.height());
        assertThat(LedgerFixture.rows(store)).isEqualTo(LedgerFixture.rows(straight));
        fixture.open(store).audit().require();
    }

    @Test
    void poppingAllStoredBlocksAndSettlingLeavesTheRowsOfGenesis() throws RejectedException {
        MemoryKeyValueStore store = new MemoryKeyValueStore();
        Ledger ledger = fixture.open(store);
        extend(ledger, new Random(1), "a", 50);
        LedgerFixture.settle(ledger, store, 30, -1);
        LedgerFixture.settle(ledger, store, 50, -1);
        for (int i = 0; i < 50; i++) {
            ledger.pop();
        }
        LedgerFixture.settle(ledger, store, 0, -1);
        assertThat(LedgerFixture.rows(store)).isEqualTo(rowsOf(List.of()));
    }

    /**
     * Pushes, pops, settles with delay, crashes that lose batches, and reopens, in random order; after each step the
     * ledger must be the plain model's at the same block.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithThePlainModelWhateverTheOrderOfSteps(long seed) throws RejectedException {
        new RandomWalk(seed).run(200);
    }

    private final class RandomWalk {
        private final Random random;
        private final long seed;
        private final SortedMap<Hash, Block> blocks = new TreeMap<>();
        private final SortedMap<Hash, NaiveLedger> states = new TreeMap<>();
        private MemoryKeyValueStore store = new MemoryKeyValueStore();
        private Ledger ledger = fixture.open(store);
        private final Deque<Runnable> laterWrite = new ArrayDeque<>();

        RandomWalk(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            blocks.put(fixture.genesis.id(), fixture.genesis);
            states.put(fixture.genesis.id(), NaiveLedger.genesis(fixture));
        }

        private Block block(Hash id) {
            return requireNonNull(blocks.get(id));
        }

        private NaiveLedger state(Hash block) {
            return requireNonNull(states.get(block));
        }

        void run(int steps) throws RejectedException {
            for (int step = 0; step < steps; step++) {
                int dice = random.nextInt(100);
                if (dice < 55) {
                    push(step);
                } else if (dice < 70) {
                    popSome();
                } else if (dice < 85) {
                    beginOrEndWrite();
                } else if (dice < 95) {
                    audit();
                } else {
                    crash();
                }
                compare();
            }
            finishOn(ledger.headId());
        }

        private void push(int step) throws RejectedException {
            Block block = randomBlock(ledger, random, seed + "." + step);
            NaiveLedger before = state(ledger.headId());
            ledger.push(block);
            blocks.put(block.id(), block);
            states.put(block.id(), before.after(block));
        }

        private void popSome() {
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count && ledger.height() > ledger.lowestPop(); i++) {
                Block head = block(ledger.headId());
                assertThat(ledger.pop()).isEqualTo(head.id());
                assertThat(ledger.headId()).isEqualTo(head.header().parent());
            }
        }

        private void beginOrEndWrite() {
            if (!laterWrite.isEmpty()) {
                laterWrite.removeFirst().run();
                return;
            }
            long lowest = Math.max(0, ledger.height() - ledger.unsettled());
            long height = lowest + random.nextInt((int) (ledger.height() - lowest) + 1);
            WriteBatch batch = ledger.settle(height, -1);
            if (random.nextBoolean()) {
                store.write(batch, random.nextInt(3) == 0);
                laterWrite.add(() -> ledger.settled(height));
            } else {
                laterWrite.add(() -> {
                    store.write(batch, random.nextInt(3) == 0);
                    ledger.settled(height);
                });
            }
        }

        private void audit() {
            ledger.audit().require();
        }

        private void crash() {
            laterWrite.clear();
            store = store.crash(random.nextInt(store.unsyncedBatches() + 1));
            ledger = fixture.open(store);
        }

        private void compare() {
            NaiveLedger state = state(ledger.headId());
            Block head = block(ledger.headId());
            assertThat(ledger.height()).isEqualTo(head.height());
            assertThat(ledger.stateRoot()).isEqualTo(state.root());
            assertThat(ledger.stateRoot()).isEqualTo(head.header().core().stateRoot());
            state.records()
                    .forEach((key, value) -> assertThat(ledger.record(key)).contains(value));
            assertThat(ledger.validators().root())
                    .isEqualTo(state.validatorsRoot())
                    .isEqualTo(head.header().core().validatorsRoot());
            int account = random.nextInt(fixture.accounts());
            Address address = fixture.address(account);
            assertThat(ledger.account(address).balance().units()).isEqualTo(state.balance(address));
            assertThat(ledger.prove(address).holdsFor(ledger.stateRoot())).isTrue();
            compareIndex(head);
        }

        private void compareIndex(Block head) {
            Block at = head;
            for (int back = 0; back < 30 && at.height() > 0; back++) {
                assertThat(ledger.blockAt(at.height())).contains(at.id());
                for (int i = 0; i < at.transactions().size(); i++) {
                    assertThat(ledger.locate(at.transactions().get(i).id()))
                            .contains(new LedgerView.TransactionLocation(at.height(), i));
                }
                at = block(at.header().parent());
            }
        }

        private void finishOn(Hash head) throws RejectedException {
            while (!laterWrite.isEmpty()) {
                laterWrite.removeFirst().run();
            }
            LedgerFixture.settle(ledger, store, ledger.height(), -1);
            List<Block> chain = new ArrayList<>();
            for (Block at = block(head); at.height() > 0; at = block(at.header().parent())) {
                chain.addFirst(at);
            }
            assertThat(LedgerFixture.rows(store)).isEqualTo(rowsOf(chain));
        }
    }
}
