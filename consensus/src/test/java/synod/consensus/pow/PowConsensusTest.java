package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.consensus.pow.TestTree.EASY;
import static synod.consensus.pow.TestTree.GENESIS_MILLIS;
import static synod.consensus.pow.TestTree.PARAMETERS;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.consensus.Finality;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class PowConsensusTest {
    private static final long NOW = GENESIS_MILLIS + 1_000;

    private final PowConsensus consensus = new PowConsensus(PARAMETERS);
    private final TestTree tree = new TestTree();

    @Test
    void acceptsABlockThatKeepsEveryRule() {
        assertThat(check(mined(onGenesis()))).isEmpty();
    }

    @Test
    void acceptsEveryRollOfTheFreeVersionBits() {
        BlockHeader header = onGenesis();
        for (int bit = 13; bit <= 28; bit++) {
            assertThat(check(mined(withVersion(header, header.version() ^ 1 << bit))))
                    .isEmpty();
        }
    }

    @Test
    void refusesAChangeOfAnyOtherVersionBit() {
        BlockHeader header = onGenesis();
        for (int bit = 0; bit < 32; bit++) {
            if (bit < 13 || bit > 28) {
                assertRefused(mined(withVersion(header, header.version() ^ 1 << bit)), Reason.BAD_VERSION);
            }
        }
        assertRefused(
                mined(withVersion(header, 0x30000001)),
                Reason.BAD_VERSION,
                "version 0x30000001, where 0x20000000 is required; only the bits 0x1fffe000 are free");
    }

    @Test
    void refusesAnUnknownParent() {
        BlockHeader header = onGenesis();
        BlockHeader orphan =
                new BlockHeader(header.version(), Sha256.hash(), header.core(), header.bits(), header.nonce());
        assertRefused(orphan, Reason.UNKNOWN_PARENT, "the parent " + Sha256.hash() + " is not known here");
    }

    @Test
    void refusesAHeightThatDoesNotFollow() {
        assertRefused(
                mined(TestTree.header(tree.genesis().id(), tree.genesis().id(), 2, NOW, EASY, Address.NONE)),
                Reason.BAD_HEIGHT,
                "height 2 on a parent of height 0");
    }

    @Test
    void refusesABlockOfAnotherChain() {
        assertRefused(
                mined(TestTree.header(Sha256.hash(), tree.genesis().id(), 1, NOW, EASY, Address.NONE)),
                Reason.WRONG_CHAIN);
    }

    @Test
    void refusesAnEngineFieldAndAValidatorsRootAndASeal() {
        HeaderCore core = onGenesis().core();
        HeaderCore withField = new HeaderCore(
                core.chainId(),
                1,
                0,
                NOW,
                core.proposer(),
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                Hash.ZERO,
                ByteString.of((byte) 1));
        HeaderCore withRoot = new HeaderCore(
                core.chainId(),
                1,
                0,
                NOW,
                core.proposer(),
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                Sha256.hash(),
                ByteString.EMPTY);

        assertRefused(mined(withCore(withField)), Reason.BAD_ENGINE_FIELD);
        assertRefused(mined(withCore(withRoot)), Reason.BAD_VALIDATORS_ROOT);
        assertThat(consensus.checkHeader(mined(onGenesis()), ByteString.of((byte) 1), tree, NOW))
                .contains(new Rejection(Reason.BAD_SEAL, "a seal of 1 bytes; under proof of work it is empty"));
    }

    @Test
    void refusesBitsThatAreNotAsertsOwn() {
        BlockHeader header = TestTree.header(
                tree.genesis().id(), tree.genesis().id(), 1, NOW, new CompactBits(0x207ffffe), Address.NONE);
        assertRefused(mined(header), Reason.BAD_BITS, "bits 0x207ffffe at height 1, where 0x207fffff is required");
    }

    @Test
    void refusesAnIdAboveTheTarget() {
        BlockHeader header = onGenesis();
        for (int nonce = 0; ; nonce++) {
            BlockHeader tried = withNonce(header, nonce);
            if (!EASY.isMetBy(tried.id())) {
                assertRefused(tried, Reason.BAD_WORK);
                return;
            }
        }
    }

    @Test
    void demandsATimeAfterTheMedianOfTheLastEleven() {
        BlockNode last = tree.genesis();
        for (int i = 1; i <= 20; i++) {
            long zigzag = GENESIS_MILLIS + i * 1_000 + (i % 2 == 0 ? 0 : 3_000);
            last = tree.add(TestTree.header(tree.genesis().id(), last.id(), i, zigzag, EASY, Address.NONE));
        }
        tree.setHead(last);
        // Blocks 10 to 20 have the times 10, 14, 12, 16, 14, 18, 16, 20, 18, 22 and 20 s after genesis.
        long median = GENESIS_MILLIS + 16_000;
        assertThat(consensus.medianTimePast(last, tree)).isEqualTo(median);

        assertRefused(
                mined(child(last, median)),
                Reason.TIME_TOO_EARLY,
                "time " + median + " ms is not after the median time past, " + median + " ms");
        assertThat(check(mined(child(last, median + 1)))).isEmpty();
    }

    @Test
    void takesTheUpperMedianOfAnEvenNumberNearGenesis() {
        BlockNode first = tree.child(tree.genesis(), "first");
        assertThat(consensus.medianTimePast(tree.genesis(), tree)).isEqualTo(GENESIS_MILLIS);
        assertThat(consensus.medianTimePast(first, tree)).isEqualTo(GENESIS_MILLIS + 1_000);
    }

    @Test
    void refusesATimeBeyondTheDriftLimitUntilTheClockHasCaughtUp() {
        BlockHeader header = mined(child(tree.genesis(), NOW + 10_001));

        assertThat(consensus.checkHeader(header, ByteString.EMPTY, tree, NOW))
                .contains(new Rejection(
                        Reason.TIME_TOO_LATE,
                        "time " + (NOW + 10_001) + " ms is 10001 ms ahead of this node's clock; 10000 ms are allowed"));
        assertThat(consensus.checkHeader(header, ByteString.EMPTY, tree, NOW + 1))
                .isEmpty();
    }

    @Test
    void refusesATimeAtTheEndOfTheNumbers() {
        assertRefused(mined(child(tree.genesis(), Long.MAX_VALUE)), Reason.TIME_TOO_LATE);
    }

    @Test
    void demandsAHarderTargetAfterBlocksThatCameTooFast() {
        BlockNode last = tree.genesis();
        for (int i = 1; i <= 60; i++) {
            last = tree.add(TestTree.header(tree.genesis().id(), last.id(), i, GENESIS_MILLIS + i, EASY, Address.NONE));
        }
        BigInteger required = consensus.nextBits(last, tree).target();
        // Sixty blocks in 60 ms are 59.94 s ahead of schedule: just under one half-life, so just above half the target.
        assertThat(required)
                .isBetween(
                        EASY.target().shiftRight(1),
                        EASY.target().multiply(BigInteger.valueOf(51)).divide(BigInteger.valueOf(100)));
    }

    @Test
    void givesTheFirstBlockTheTargetOfGenesis() {
        CompactBits initial = new CompactBits(0x1f00ffff);
        TestTree other = new TestTree(initial);
        assertThat(consensus.nextBits(other.genesis(), other)).isEqualTo(initial);
    }

    @Test
    void weighsABlockByItsWork() {
        assertThat(consensus.weight(onGenesis())).isEqualTo(BigInteger.TWO);
        assertThat(consensus.finality()).isEqualTo(Finality.Kind.PROBABILISTIC);
    }

    @Test
    void knowsNoMessages() {
        assertThatThrownBy(() -> consensus.verifyMessage(new byte[10])).isInstanceOf(RejectedException.class);
    }

    private BlockHeader onGenesis() {
        return child(tree.genesis(), NOW);
    }

    private BlockHeader child(BlockNode parent, long timeMillis) {
        return TestTree.header(
                tree.genesis().id(),
                parent.id(),
                parent.height() + 1,
                timeMillis,
                consensus.nextBits(parent, tree),
                Address.NONE);
    }

    private BlockHeader withCore(HeaderCore core) {
        BlockHeader header = onGenesis();
        return new BlockHeader(header.version(), header.parent(), core, header.bits(), 0);
    }

    private static BlockHeader withVersion(BlockHeader header, int version) {
        return new BlockHeader(version, header.parent(), header.core(), header.bits(), header.nonce());
    }

    private static BlockHeader withNonce(BlockHeader header, int nonce) {
        return new BlockHeader(header.version(), header.parent(), header.core(), header.bits(), nonce);
    }

    private static BlockHeader mined(BlockHeader header) {
        UnaryOperator<BlockHeader> next = last -> withNonce(last, last.nonce() + 1);
        BlockHeader tried = header;
        while (!new CompactBits(header.bits()).isMetBy(tried.id())) {
            tried = next.apply(tried);
        }
        return tried;
    }

    private Optional<Rejection> check(BlockHeader header) {
        return consensus.checkHeader(header, ByteString.EMPTY, tree, GENESIS_MILLIS + 60_000);
    }

    private void assertRefused(BlockHeader header, Reason reason) {
        assertThat(check(header)).get().extracting(Rejection::reason).isEqualTo(reason);
    }

    private void assertRefused(BlockHeader header, Reason reason, String detail) {
        assertThat(check(header)).contains(new Rejection(reason, detail));
    }
}
