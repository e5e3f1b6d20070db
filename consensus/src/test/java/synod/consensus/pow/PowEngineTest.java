package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.consensus.pow.TestTree.EASY;
import static synod.consensus.pow.TestTree.GENESIS_MILLIS;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.crypto.Address;
import synod.crypto.Sha256;

class PowEngineTest {
    private static final Address PAYOUT = new Address(Sha256.hash(new byte[] {1}));
    private static final long T0 = GENESIS_MILLIS + 5_000;
    private static final Action REFRESH = new Action.StartTimer("template", 500);
    private static final Rejection BAD = new Rejection(Reason.BAD_STATE_ROOT, "another root");

    private final TestTree tree = new TestTree();
    private final PowConsensus consensus = new PowConsensus(TestTree.PARAMETERS);
    private final PowEngine miner = new PowEngine(consensus, tree, MiningSettings.payingTo(PAYOUT));
    private final PowEngine observer = new PowEngine(consensus, tree, MiningSettings.observer());

    @Test
    void asksForATemplateOnTheHeadWhenStarted() {
        assertThat(miner.step(started(T0))).containsExactly(build(tree.genesis(), T0), REFRESH);
    }

    @Test
    void goesOnFromTheHeadThatARestartFinds() {
        BlockNode head = tree.child(tree.child(tree.genesis(), "a"), "b");
        tree.setHead(head);
        assertThat(miner.step(started(T0))).containsExactly(build(head, T0), REFRESH);
        assertThat(observer.step(started(T0))).isEmpty();
    }

    @Test
    void adoptsAfterARestartTheHeavierBlockThatTheReplicaReports() {
        BlockNode head = tree.child(tree.genesis(), "adopted");
        BlockNode heavier = tree.child(head, "arrived just before the crash");
        tree.setHead(head);
        miner.step(started(T0));
        assertThat(miner.step(new Event.BlockArrived(T0, heavier.id())))
                .containsExactly(new Action.Adopt(heavier.id()));
    }

    @Test
    void searchesANonceForTheTemplateItAskedFor() {
        miner.step(started(T0));
        Block template = onTopOf(tree.genesis(), T0);
        assertThat(miner.step(new Event.BlockBuilt(T0 + 1, template))).containsExactly(new Action.Mine(template));
    }

    @Test
    void dropsATemplateOnAHeadThatIsNoMore() {
        miner.step(started(T0));
        Block late = onTopOf(tree.genesis(), T0);
        tree.setHead(tree.child(tree.genesis(), "new head"));
        assertThat(miner.step(new Event.BlockBuilt(T0 + 1, late))).isEmpty();
    }

    @Test
    void adoptsItsOwnBlockAndMinesOnIt() {
        miner.step(started(T0));
        Block template = onTopOf(tree.genesis(), T0);
        miner.step(new Event.BlockBuilt(T0, template));
        BlockNode mined = tree.add(template.header());

        assertThat(miner.step(new Event.Sealed(T0 + 900, template))).containsExactly(new Action.Adopt(template.id()));
        tree.setHead(mined);
        assertThat(miner.step(applied(T0 + 901, mined))).containsExactly(build(mined, T0 + 901), REFRESH);
    }

    @Test
    void leavesAnOwnBlockThatCameTooLate() {
        miner.step(started(T0));
        Block template = onTopOf(tree.genesis(), T0);
        tree.add(template.header());
        BlockNode other = tree.child(tree.genesis(), "faster");
        miner.step(new Event.BlockArrived(T0, other.id()));
        tree.setHead(other);
        miner.step(applied(T0, other));
        assertThat(miner.step(new Event.Sealed(T0 + 1, template))).isEmpty();
    }

    @Test
    void minesOnABlockThatArrivedOnceItIsApplied() {
        miner.step(started(T0));
        BlockNode block = tree.child(tree.genesis(), "from a peer");
        assertThat(miner.step(new Event.BlockArrived(T0 + 700, block.id())))
                .containsExactly(new Action.Adopt(block.id()));
        tree.setHead(block);
        assertThat(miner.step(applied(T0 + 701, block))).containsExactly(build(block, T0 + 701), REFRESH);
    }

    @Test
    void triesTheNextBestAfterARejectionAndThenMinesAgain() {
        miner.step(started(T0));
        BlockNode bad = tree.child(tree.genesis(), "bad");
        miner.step(new Event.BlockArrived(T0 + 100, bad.id()));
        BlockNode good = tree.child(tree.genesis(), "good");
        assertThat(miner.step(new Event.BlockArrived(T0 + 101, good.id()))).isEmpty();

        assertThat(miner.step(new Event.BlockApplied(T0 + 102, bad.id(), Optional.of(BAD))))
                .containsExactly(new Action.Adopt(good.id()));
        tree.setHead(good);
        assertThat(miner.step(applied(T0 + 103, good))).containsExactly(build(good, T0 + 103), REFRESH);
        assertThat(miner.status(T0 + 104).details()).containsEntry("lastRejection", bad.id() + ": " + BAD);
    }

    @Test
    void minesOnTheOldHeadAgainWhenTheOnlyOtherBranchIsRejected() {
        miner.step(started(T0));
        BlockNode bad = tree.child(tree.genesis(), "bad");
        miner.step(new Event.BlockArrived(T0 + 100, bad.id()));
        assertThat(miner.step(new Event.BlockApplied(T0 + 102, bad.id(), Optional.of(BAD))))
                .containsExactly(build(tree.genesis(), T0 + 102), REFRESH);
    }

    @Test
    void refreshesTheTemplateWithTheTimer() {
        miner.step(started(T0));
        assertThat(miner.step(timer(T0 + 500))).containsExactly(build(tree.genesis(), T0 + 500), REFRESH);
        assertThat(miner.step(timer(T0 + 1_000))).containsExactly(build(tree.genesis(), T0 + 1_000), REFRESH);
    }

    @Test
    void keepsTemplatesApartWhenHeadsFollowQuickly() {
        miner.step(started(T0));
        BlockNode one = arriveAndApply(tree.genesis(), "one", T0 + 10, List.of(new Action.StartTimer("template", 40)));
        BlockNode two = arriveAndApply(one, "two", T0 + 20, List.of(new Action.StartTimer("template", 30)));
        assertThat(miner.step(timer(T0 + 50))).containsExactly(build(two, T0 + 50), REFRESH);
    }

    @Test
    void asksAtOnceWhenTheClockWentBack() {
        miner.step(started(T0));
        assertThat(miner.step(timer(T0 - 3_000))).containsExactly(build(tree.genesis(), T0 - 3_000), REFRESH);
    }

    @Test
    void takesATimeJustAfterTheMedianWhenTheClockIsBehind() {
        long beforeGenesis = GENESIS_MILLIS - 2_000;
        assertThat(miner.step(started(beforeGenesis)).getFirst())
                .isEqualTo(new Action.BuildBlock(
                        tree.genesis().id(),
                        PAYOUT,
                        GENESIS_MILLIS + 1,
                        EASY.value(),
                        ByteString.EMPTY,
                        beforeGenesis));
    }

    @Test
    void doesNotMineWithAClockSoFarBehindThatItsBlockWouldBeRefused() {
        long farBehind = GENESIS_MILLIS - 20_000;
        assertThat(miner.step(started(farBehind))).containsExactly(REFRESH);
        assertThat(miner.status(farBehind).activity())
                .isEqualTo(
                        "does not mine: the chain's time is 20001 ms ahead of this node's clock, which is probably wrong");
        assertThat(miner.step(timer(T0))).containsExactly(build(tree.genesis(), T0), REFRESH);
    }

    @Test
    void adoptsButNeverMinesWithoutAPayoutAddress() {
        assertThat(observer.step(started(T0))).isEmpty();
        BlockNode block = tree.child(tree.genesis(), "block");
        assertThat(observer.step(new Event.BlockArrived(T0, block.id()))).containsExactly(new Action.Adopt(block.id()));
        tree.setHead(block);
        assertThat(observer.step(applied(T0 + 1, block))).isEmpty();
        assertThat(observer.status(T0 + 1).role()).isEqualTo("observer");
    }

    @Test
    void saysWhatItDoes() {
        miner.step(started(T0));
        assertThat(miner.status(T0).activity()).isEqualTo("waits for a block to mine at height 1");
        Block template = onTopOf(tree.genesis(), T0);
        miner.step(new Event.BlockBuilt(T0, template));

        EngineStatus status = miner.status(T0 + 250);
        assertThat(status.role()).isEqualTo("miner");
        assertThat(status.activity())
                .isEqualTo("mines block 1 with 0 transactions; the network finds one about every 1.0 s");
        assertThat(status.details())
                .containsEntry("bits", "0x207fffff")
                .containsEntry("expectedHashes", "2")
                .containsEntry("totalWork", "0x2")
                .containsEntry("targetIntervalMillis", "1000")
                .containsEntry("headAgeMillis", "5250")
                .containsEntry("blocksMined", "0")
                .containsEntry("networkHashesPerSecond", "0");

        tree.add(template.header());
        miner.step(new Event.Sealed(T0 + 300, template));
        assertThat(miner.status(T0 + 300).activity()).isEqualTo("executes a branch with more work than the head");
        assertThat(miner.status(T0 + 300).details()).containsEntry("blocksMined", "1");
    }

    @Test
    void estimatesTheNetworksHashRateFromTheLastBlocks() {
        BlockNode last = tree.genesis();
        for (int i = 0; i < 100; i++) {
            last = tree.child(last, "block " + i); // two hashes each, one second apart
        }
        tree.setHead(last);
        assertThat(miner.status(T0).details()).containsEntry("networkHashesPerSecond", "2");
    }

    @Test
    void givesTheSameActionsForTheSameEvents() {
        PowEngine twin = new PowEngine(consensus, tree, MiningSettings.payingTo(PAYOUT));
        BlockNode block = tree.child(tree.genesis(), "block");
        List<Event> events = List.of(
                started(T0),
                new Event.BlockBuilt(T0, onTopOf(tree.genesis(), T0)),
                new Event.BlockArrived(T0 + 100, block.id()),
                applied(T0 + 101, block),
                timer(T0 + 601));
        for (Event event : events) {
            assertThat(miner.step(event)).isEqualTo(twin.step(event));
        }
    }

    @Test
    void stopsOnATimerThatIsNotItsOwn() {
        assertThatThrownBy(() -> miner.step(new Event.TimerFired(T0, "view-change")))
                .isInstanceOf(IllegalStateException.class);
    }

    private BlockNode arriveAndApply(BlockNode parent, String name, long timeMillis, List<Action> expected) {
        BlockNode block = tree.child(parent, name);
        miner.step(new Event.BlockArrived(timeMillis, block.id()));
        tree.setHead(block);
        assertThat(miner.step(applied(timeMillis, block))).isEqualTo(expected);
        return block;
    }

    private Action build(BlockNode parent, long timeMillis) {
        int bits = consensus.nextBits(parent, tree).value();
        return new Action.BuildBlock(parent.id(), PAYOUT, timeMillis, bits, ByteString.EMPTY, timeMillis);
    }

    private Block onTopOf(BlockNode parent, long timeMillis) {
        return new Block(
                TestTree.header(tree.genesis().id(), parent.id(), parent.height() + 1, timeMillis, EASY, PAYOUT),
                List.of());
    }

    private static Event started(long timeMillis) {
        return new Event.Started(timeMillis, new TreeMap<>());
    }

    private static Event timer(long timeMillis) {
        return new Event.TimerFired(timeMillis, PowEngine.TEMPLATE_TIMER);
    }

    private static Event applied(long timeMillis, BlockNode block) {
        return new Event.BlockApplied(timeMillis, block.id(), Optional.empty());
    }
}
