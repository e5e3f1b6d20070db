package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.state.LedgerView.HistoryEntry;
import synod.chain.state.LedgerView.MaturingReward;
import synod.chain.state.LedgerView.TransactionLocation;
import synod.chain.store.DiskException;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.WriteBatch;
import synod.chain.transaction.AnchorRecord;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;

class LedgerTest {
    private static final Address MINER = new Address(LedgerFixture.hash("miner"));

    private final LedgerFixture fixture = new LedgerFixture(LedgerFixture.RULES, 4);
    private final MemoryKeyValueStore store = new MemoryKeyValueStore();
    private final Ledger ledger = fixture.open(store);
    private final Address bob = fixture.address(1);
    private Block good = fixture.genesis;

    @BeforeEach
    void draftAGoodBlock() {
        good = fixture.draft(
                ledger, MINER, List.of(fixture.transfer(0, 0, bob, 500), fixture.anchor(2, 0, "contract")));
    }

    private Block push(Address proposer, Transaction... transactions) throws RejectedException {
        Block block = fixture.draft(ledger, proposer, List.of(transactions));
        ledger.push(block);
        return block;
    }

    /** Refused on the genesis block for this reason; afterwards all is as if the block had never been there. */
    private void refuses(Block block, Reason reason) {
        MemoryKeyValueStore after = new MemoryKeyValueStore();
        Ledger refusing = fixture.open(after);
        RejectedException refusal = catchThrowableOfType(RejectedException.class, () -> refusing.push(block));
        assertThat(refusal).isNotNull();
        assertThat(refusal.rejection().reason()).isEqualTo(reason);
        assertThat(refusing.height()).isZero();
        refusing.audit().require();
        assertThat(rowsWithGood(refusing, after))
                .isEqualTo(rowsWithGood(fixture.open(store), new MemoryKeyValueStore()));
    }

    private SortedMap<ByteString, ByteString> rowsWithGood(Ledger at, MemoryKeyValueStore target) {
        assertThatCode(() -> at.push(good)).doesNotThrowAnyException();
        LedgerFixture.settle(at, target, 1, -1);
        return LedgerFixture.rows(target);
    }

    private void refusesTransactions(Reason reason, Transaction... transactions) {
        refuses(LedgerFixture.withTransactions(good, List.of(transactions)), reason);
    }

    @Test
    void movesCoinsAndChargesTheFee() throws RejectedException {
        List<Receipt> receipts = ledger.push(good);
        Amount thousand = Amount.ofCoins(1_000);
        Account sender = new Account(thousand.minus(new Amount(500)).minus(LedgerFixture.FEE), 1);
        Account receiver = new Account(thousand.plus(new Amount(500)), 0);
        assertThat(ledger.account(fixture.address(0))).isEqualTo(sender);
        assertThat(ledger.account(bob)).isEqualTo(receiver);
        assertThat(receipts.getFirst())
                .isEqualTo(new Receipt(
                        good.transactions().getFirst().id(),
                        LedgerFixture.FEE,
                        List.of(new Receipt.Touched(fixture.address(0), sender), new Receipt.Touched(bob, receiver))));
        assertThat(MerkleTree.root(receipts.stream().map(Receipt::encode).toList()))
                .isEqualTo(good.header().core().receiptsRoot());
        assertThat(Receipt.decode(new Decoder(receipts.getFirst().encode()))).isEqualTo(receipts.getFirst());
        assertThat(ledger.headId()).isEqualTo(good.id());
        assertThat(ledger.stateRoot()).isEqualTo(good.header().core().stateRoot());
    }

    @Test
    void aTransferToOneselfCostsTheFeeOnly() throws RejectedException {
        push(MINER, fixture.transfer(0, 0, fixture.address(0), 500));
        assertThat(ledger.account(fixture.address(0)).balance())
                .isEqualTo(Amount.ofCoins(1_000).minus(LedgerFixture.FEE));
    }

    @Test
    void paysTheRewardWhenItIsMature() throws RejectedException {
        ledger.push(good);
        Amount reward = LedgerFixture.RULES.reward().plus(LedgerFixture.FEE).plus(LedgerFixture.FEE);
        for (int height = 2; height <= 3; height++) {
            push(Address.NONE);
            assertThat(ledger.maturing(MINER)).containsExactly(new MaturingReward(1, 4, reward));
            assertThat(ledger.account(MINER)).isEqualTo(Account.EMPTY);
        }
        push(Address.NONE);
        assertThat(ledger.maturing(MINER)).isEmpty();
        assertThat(ledger.account(MINER).balance()).isEqualTo(reward);
        assertThat(ledger.history(MINER, Long.MAX_VALUE, 10)).containsExactly(new HistoryEntry(4, -1));
        assertThat(ledger.maturing(Address.NONE))
                .extracting(MaturingReward::paidAtHeight)
                .containsExactly(5L, 6L, 7L);
        ledger.audit().require();
    }

    @Test
    void aMatureRewardCanBeSpentInTheBlockThatPaysIt() throws RejectedException {
        Address poorAddress = fixture.address(3);
        push(poorAddress);
        push(
                MINER,
                fixture.transfer(
                        3,
                        0,
                        bob,
                        Amount.ofCoins(1_000).minus(LedgerFixture.FEE).units()));
        push(MINER);
        push(MINER, fixture.transfer(3, 1, bob, Amount.ofCoins(49).units()));
        ledger.audit().require();
    }

    @Test
    void paysTheRewardAtOnceWhereTheRulesSaySo() throws RejectedException {
        LedgerRules atOnce = new LedgerRules(1 << 20, 0, Amount.ofCoins(8), 2, 0);
        LedgerFixture network = new LedgerFixture(atOnce, 1);
        Ledger other = network.open(new MemoryKeyValueStore());
        for (long units : new long[] {8, 16, 20, 24, 26}) {
            other.push(network.draft(other, MINER, List.of()));
            assertThat(other.account(MINER).balance()).isEqualTo(Amount.ofCoins(units));
            assertThat(other.supply()).isEqualTo(Amount.ofCoins(1_000 + units));
        }
        other.audit().require();
    }

    @Test
    void remembersAnchorsAndProvesThem() throws RejectedException {
        ledger.push(good);
        Hash digest = LedgerFixture.hash("contract");
        Address sender = fixture.address(2);
        assertThat(ledger.anchor(sender, digest)).contains(new AnchorRecord(1, 1000, "contract"));
        assertThat(ledger.anchor(bob, digest)).isEmpty();
        assertThat(ledger.prove(sender, digest).value()).isPresent();
        assertThat(ledger.prove(sender, digest).holdsFor(ledger.stateRoot())).isTrue();
        assertThat(ledger.prove(bob, digest).value()).isEmpty();
        assertThat(ledger.prove(bob, digest).holdsFor(ledger.stateRoot())).isTrue();
        Block again = fixture.draft(ledger, MINER, List.of());
        Transaction same = fixture.anchor(2, 1, "contract");
        assertThatThrownBy(() -> ledger.push(LedgerFixture.withTransactions(again, List.of(same))))
                .hasMessageContaining("already-anchored");
        push(MINER, fixture.anchor(1, 0, "contract"));
    }

    @Test
    void refusesABlockThatDoesNotStandOnTheHead() {
        HeaderCore core = good.header().core();
        refuses(LedgerFixture.with(good, change(core, Hash.ZERO, 1)), Reason.WRONG_CHAIN);
        refuses(LedgerFixture.with(good, change(core, core.chainId(), 2)), Reason.BAD_HEIGHT);
    }

    @Test
    void refusesABlockWithAnotherParent() throws RejectedException {
        Block rival = fixture.draft(ledger, bob, List.of());
        ledger.push(rival);
        assertThatThrownBy(() -> ledger.push(good)).hasMessageContaining("unknown-parent");
    }

    private static HeaderCore change(HeaderCore core, Hash chainId, long height) {
        return change(core, chainId, height, core.stateRoot(), core.receiptsRoot());
    }

    private static HeaderCore change(HeaderCore core, Hash chainId, long height, Hash stateRoot, Hash receiptsRoot) {
        return new HeaderCore(
                chainId,
                height,
                core.extraNonce(),
                core.timeMillis(),
                core.proposer(),
                core.transactionsRoot(),
                stateRoot,
                receiptsRoot,
                core.validatorsRoot(),
                core.engineField());
    }

    @Test
    void refusesRootsThatTheExecutionDoesNotGive() {
        HeaderCore core = good.header().core();
        Hash wrong = LedgerFixture.hash("wrong");
        refuses(
                LedgerFixture.with(good, change(core, core.chainId(), 1, wrong, core.receiptsRoot())),
                Reason.BAD_STATE_ROOT);
        refuses(
                LedgerFixture.with(good, change(core, core.chainId(), 1, core.stateRoot(), wrong)),
                Reason.BAD_RECEIPTS_ROOT);
    }

    @Test
    void refusesTransactionsThatAreNotTheHeaders() {
        List<Transaction> reversed = good.transactions().reversed();
        refuses(new Block(good.header(), reversed), Reason.BAD_TRANSACTIONS_ROOT);
        refuses(new Block(good.header(), List.of()), Reason.BAD_TRANSACTIONS_ROOT);
    }

    /** CVE-2012-2459: with Bitcoin's tree a block and the same with its tail repeated have one root. */
    @Test
    void aRepeatedTailIsNotTheHeadersBlock() throws RejectedException {
        for (int count = 1; count <= 8; count++) {
            List<Transaction> transactions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                transactions.add(fixture.transfer(0, i, bob, 1));
            }
            Block block = fixture.draft(ledger, MINER, transactions);
            for (int tail = 1; tail <= count; tail++) {
                List<Transaction> repeated = new ArrayList<>(transactions);
                repeated.addAll(transactions.subList(count - tail, count));
                refuses(new Block(block.header(), repeated), Reason.BAD_TRANSACTIONS_ROOT);
            }
        }
        ledger.push(good);
    }

    /** CVE-2018-17144: a block may not spend the same thing twice, though its roots say so. */
    @Test
    void refusesATransactionThatStandsTwice() {
        Transaction transfer = fixture.transfer(0, 0, bob, 500);
        refusesTransactions(Reason.DUPLICATE, transfer, transfer);
        refusesTransactions(Reason.DUPLICATE, transfer, fixture.transfer(2, 0, bob, 5), transfer);
        refusesTransactions(Reason.DUPLICATE, transfer, fixture.transfer(0, 0, bob, 501));
    }

    @Test
    void refusesATransactionOfAnEarlierBlock() throws RejectedException {
        ledger.push(good);
        Block next = fixture.draft(ledger, MINER, List.of());
        assertThatThrownBy(() -> ledger.push(LedgerFixture.withTransactions(next, good.transactions())))
                .hasMessageContaining("nonce-used");
    }

    @Test
    void refusesEachBrokenRuleOfATransaction() {
        Amount all = Amount.ofCoins(1_000);
        refusesTransactions(Reason.NONCE_TOO_FAR, fixture.transfer(0, 1, bob, 1));
        refusesTransactions(Reason.BAD_CONTENT, fixture.transfer(0, 0, bob, 0));
        refusesTransactions(Reason.INSUFFICIENT_BALANCE, fixture.transfer(0, 0, bob, all.units()));
        refusesTransactions(Reason.INSUFFICIENT_BALANCE, fixture.transfer(0, 0, bob, Long.MAX_VALUE));
        refusesTransactions(
                Reason.INSUFFICIENT_BALANCE,
                fixture.sign(0, 0, new Amount(Long.MAX_VALUE), new Transfer(bob, new Amount(1))));
        refusesTransactions(
                Reason.INSUFFICIENT_BALANCE,
                fixture.transfer(0, 0, bob, all.minus(LedgerFixture.FEE).units()),
                fixture.anchor(0, 1, "one more"));
        Transaction cheap = fixture.sign(0, 0, new Amount(1), new Transfer(bob, new Amount(1)));
        Amount enough = LedgerFixture.RULES.minFee(cheap.size());
        refusesTransactions(
                Reason.FEE_TOO_LOW, fixture.sign(0, 0, enough.minus(new Amount(1)), new Transfer(bob, new Amount(1))));
        refusesTransactions(Reason.ALREADY_ANCHORED, fixture.anchor(0, 0, "same"), fixture.anchor(0, 1, "same"));
        fixture.draft(ledger, MINER, List.of(fixture.sign(0, 0, enough, new Transfer(bob, new Amount(1)))));
    }

    @Test
    void refusesABlockThatIsTooLarge() throws RejectedException {
        LedgerFixture small = new LedgerFixture(new LedgerRules(LedgerRules.MIN_BLOCK_BYTES, 0, Amount.ZERO, 0, 0), 1);
        Ledger other = small.open(new MemoryKeyValueStore());
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            transactions.add(small.transfer(0, i, bob, 1));
        }
        BlockDraft draft = other.draft(small.template(other, MINER), transactions, 1_000);
        int size = draft.block().encode().length;
        assertThat(size)
                .isLessThanOrEqualTo(LedgerRules.MIN_BLOCK_BYTES)
                .isGreaterThan(
                        LedgerRules.MIN_BLOCK_BYTES - transactions.getFirst().size());
        assertThat(draft.skipped()).isEmpty();
        int fit = draft.block().transactions().size();
        Block tooLarge = LedgerFixture.withTransactions(draft.block(), transactions.subList(0, fit + 1));
        assertThatThrownBy(() -> other.push(tooLarge)).hasMessageContaining("too-large");
        other.push(draft.block());
    }

    @Test
    void aDraftSkipsWhatBreaksARuleAndChangesNothing() throws RejectedException {
        Hash root = ledger.stateRoot();
        Transaction first = fixture.transfer(0, 0, bob, 1);
        Transaction tooFar = fixture.transfer(0, 2, bob, 2);
        Transaction tooDear = fixture.transfer(2, 0, bob, Long.MAX_VALUE);
        Transaction second = fixture.transfer(0, 1, bob, 3);
        BlockDraft draft =
                ledger.draft(fixture.template(ledger, MINER), List.of(first, tooFar, tooDear, first, second), 100);
        assertThat(draft.block().transactions()).containsExactly(first, second);
        assertThat(draft.skipped()).extracting(BlockDraft.Skipped::transaction).containsExactly(tooFar, tooDear, first);
        assertThat(draft.skipped())
                .extracting(skipped -> skipped.rejection().reason())
                .containsExactly(Reason.NONCE_TOO_FAR, Reason.INSUFFICIENT_BALANCE, Reason.DUPLICATE);
        assertThat(ledger.stateRoot()).isEqualTo(root);
        assertThat(ledger.account(fixture.address(0)).nonce()).isZero();
        ledger.push(draft.block());
        BlockDraft bounded =
                ledger.draft(fixture.template(ledger, MINER), List.of(tooFar, fixture.transfer(0, 3, bob, 2)), 1);
        assertThat(bounded.block().transactions()).containsExactly(tooFar);
    }

    @Test
    void findsTransactionsAndHistoryOnBothSidesOfTheBase() throws RejectedException {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            blocks.add(push(MINER, fixture.transfer(0, 2L * i, bob, 1), fixture.transfer(0, 2L * i + 1, bob, 1)));
        }
        for (int settled = 0; settled <= 6; settled += 3) {
            LedgerFixture.settle(ledger, store, settled, -1);
            for (Block block : blocks) {
                assertThat(ledger.locate(block.transactions().get(1).id()))
                        .contains(new TransactionLocation(block.height(), 1));
                assertThat(ledger.blockAt(block.height())).contains(block.id());
            }
            assertThat(ledger.history(bob, 4, 3))
                    .containsExactly(new HistoryEntry(3, 1), new HistoryEntry(3, 0), new HistoryEntry(2, 1));
            assertThat(ledger.history(bob, new HistoryEntry(4, 1), 2))
                    .containsExactly(new HistoryEntry(4, 0), new HistoryEntry(3, 1));
            assertThat(ledger.history(bob, HistoryEntry.NONE, 1_000)).hasSize(12);
            assertThat(ledger.history(bob, -5, 10)).isEmpty();
        }
        assertThat(ledger.locate(LedgerFixture.hash("unknown"))).isEmpty();
        assertThat(ledger.blockAt(7)).isEmpty();
        for (int i = 0; i < 4; i++) {
            ledger.pop();
        }
        assertThat(ledger.locate(blocks.get(2).transactions().getFirst().id())).isEmpty();
        assertThat(ledger.blockAt(3)).isEmpty();
        assertThat(ledger.history(bob, Long.MAX_VALUE, 1_000)).hasSize(4);
    }

    @Test
    void readsAreRightWhileTheStoreIsBeingWritten() throws RejectedException {
        ledger.push(good);
        WriteBatch batch = ledger.settle(1, -1);
        Block next = push(MINER, fixture.transfer(0, 1, bob, 1));
        Account before = ledger.account(bob);
        assertThat(ledger.unsettled()).isEqualTo(1);
        assertThatThrownBy(() -> ledger.settle(2, -1)).isInstanceOf(IllegalStateException.class);
        store.write(batch, false);
        assertThat(ledger.account(bob)).isEqualTo(before);
        assertThat(ledger.locate(good.transactions().getFirst().id())).contains(new TransactionLocation(1, 0));
        assertThat(ledger.history(bob, Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(ledger.pop()).isEqualTo(next.id());
        assertThatThrownBy(ledger::pop).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.settled(2)).isInstanceOf(IllegalStateException.class);
        ledger.settled(1);
        assertThat(ledger.history(bob, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(ledger.pop()).isEqualTo(good.id());
        assertThat(ledger.headId()).isEqualTo(fixture.genesis.id());
    }

    @Test
    void finalBlocksHaveNoUndoRecordsAndAreNotTakenOff() throws RejectedException {
        for (int i = 0; i < 6; i++) {
            push(MINER);
        }
        LedgerFixture.settle(ledger, store, 4, 2);
        assertThat(undoHeights()).containsExactly(3L, 4L);
        LedgerFixture.settle(ledger, store, 5, 4);
        assertThat(undoHeights()).containsExactly(5L);
        Ledger reopened = fixture.open(store);
        assertThat(reopened.height()).isEqualTo(5);
        reopened.pop();
        assertThat(reopened.lowestPop()).isEqualTo(4);
        assertThatThrownBy(reopened::pop).isInstanceOf(IllegalStateException.class);
    }

    private List<Long> undoHeights() {
        List<Long> heights = new ArrayList<>();
        for (long height = 0; height < 10; height++) {
            if (store.get(Rows.undo(height)).isPresent()) {
                heights.add(height);
            }
        }
        return heights;
    }

    @Test
    void theGenesisBlockIsNotTakenOff() {
        assertThatThrownBy(ledger::pop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAStoreOfAnotherNetwork() {
        LedgerFixture.settle(ledger, store, 0, -1);
        LedgerFixture other = new LedgerFixture(LedgerFixture.RULES, 5);
        assertThatThrownBy(() -> other.open(store))
                .isInstanceOfSatisfying(
                        DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FOREIGN));
    }

    @Test
    void refusesAGenesisBlockThatIsNotTheAllocations() {
        LedgerFixture other = new LedgerFixture(LedgerFixture.RULES, 5);
        assertThatThrownBy(() -> Ledger.open(store, fixture.rules, other.allocation, fixture.genesis))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noticesAChangedRecord() throws RejectedException {
        ledger.push(good);
        LedgerFixture.settle(ledger, store, 1, -1);
        fixture.open(store).audit().require();
        Account richer = new Account(Amount.ofCoins(5_000), 0);
        store.write(new WriteBatch().put(Rows.record(StateKey.account(bob)), richer.encode()), false);
        LedgerAudit audit = fixture.open(store).audit();
        assertThat(audit.isConsistent()).isFalse();
        assertThatThrownBy(audit::require).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fixture.open(store).prove(bob)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noticesADamagedUndoRecord() throws RejectedException {
        ledger.push(good);
        LedgerFixture.settle(ledger, store, 1, -1);
        byte[] undo = store.get(Rows.undo(1)).orElseThrow();
        byte[] damaged = undo.clone();
        damaged[150] ^= 1;
        store.write(new WriteBatch().put(Rows.undo(1), damaged), false);
        Ledger reopened = fixture.open(store);
        assertThatThrownBy(reopened::pop).isInstanceOf(DiskException.class);
        assertThat(reopened.headId()).isEqualTo(good.id());
        store.write(new WriteBatch().delete(Rows.undo(1)), false);
        assertThatThrownBy(reopened::pop).isInstanceOf(DiskException.class).hasMessageContaining("missing");
    }
}
