package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.Block;
import synod.consensus.pow.CompactBits;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Sha256;
import synod.node.rpc.port.PoolPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection, spoken to as cpuminer speaks: its order of messages, its ids, its byte orders. */
class StratumSessionTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int EASY = 0x1f00ffff; // a hash in 65,536 is a block
    private static final int HARD = 0x1d00ffff;
    private static final BigInteger EASY_TARGET = new CompactBits(EASY).target();

    private final RecordedWork work = new RecordedWork();
    private final List<Block> found = work.found;
    private final StratumPool pool = new StratumPool(TestMiner.PREFIX, work);
    private final List<JsonNode> lines = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final StratumSession session =
            new StratumSession(pool, 0x01020304, line -> lines.add(MAPPER.readTree(line)), ends::add, 0);

    @Test
    void answersTheSubscriptionWithTheVeryNextLine() {
        pool.add(session);
        pool.candidate(TestMiner.candidate(1, HARD), 0);
        assertThat(lines).isEmpty();
        receive("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\"]}");
        JsonNode reply = only();
        assertThat(reply.path("id").intValue()).isEqualTo(1);
        assertThat(reply.path("error").isNull()).isTrue();
        assertThat(reply.path("result").path(0).path(1).path(0).stringValue()).isEqualTo("mining.notify");
        assertThat(reply.path("result").path(1).stringValue()).isEqualTo("01020304");
        assertThat(reply.path("result").path(2).intValue()).isEqualTo(4);
    }

    @Test
    void givesOutTheDifficultyAndAJobAfterTheAuthorization() {
        logIn(HARD);
        assertThat(lines.stream().map(line -> line.path("method").asString("")))
                .containsExactly("", "", "mining.set_difficulty", "mining.notify");
        JsonNode notify = lines.getLast().path("params");
        assertThat(notify.size()).isEqualTo(9);
        assertThat(notify.path(4).size()).isZero();
        assertThat(notify.path(5).stringValue()).isEqualTo("20000000");
        assertThat(notify.path(6).stringValue()).isEqualTo("1d00ffff");
        assertThat(notify.path(8).booleanValue()).isTrue();
    }

    @Test
    void theHeaderThatAMinerBuildsIsTheCandidatesOwn() {
        Block candidate = logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000005", 0);
        submit("00000005", nonce);
        assertThat(lastResult()).isTrue();
        assertThat(found).hasSize(1);
        Block block = found.getFirst();
        assertThat(block.header().parent()).isEqualTo(candidate.header().parent());
        assertThat(block.header().core().withExtraNonce(0))
                .isEqualTo(candidate.header().core());
        assertThat(block.id())
                .isEqualTo(Sha256.doubleHash(TestMiner.header(notification(), "01020304", "00000005", 0, nonce)));
        // never rated higher than the block itself
        assertThat(work.shares)
                .containsExactly(new RecordedWork.Credit(
                        DevelopmentKeys.address("alice"), ShareTarget.difficulty(new CompactBits(EASY))));
    }

    @Test
    void countsAShareThatIsNoBlock() {
        suggest(0x1p-14);
        logIn(HARD);
        submit("00000000", mine(ShareTarget.of(0x1p-14), "00000000", 0));
        assertThat(lastResult()).isTrue();
        assertThat(found).isEmpty();
        assertThat(pool.status(0).accepted()).isEqualTo(1);
        assertThat(ratings()).containsExactly(0x1p-14);
    }

    @Test
    void ratesAShareAsItsJobWasGivenOutWhateverTheMinerSaysSince() {
        suggest(0x1p-14);
        logIn(HARD);
        int nonce = mine(ShareTarget.of(0x1p-14), "00000000", 0);
        JsonNode given = notification();
        BigInteger hash = TestMiner.number(TestMiner.header(given, "01020304", "00000000", 0, nonce));
        suggest(ShareTarget.of(1).doubleValue() / hash.doubleValue());
        authorize();
        receive("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}");
        pool.candidate(TestMiner.candidate(1, HARD), 1);
        renotify();
        assertThat(announced()).containsExactly(0x1p-14);
        submit(given, "00000000", nonce);
        assertThat(ratings()).containsExactly(0x1p-14);
    }

    @Test
    void aJobThatIsGivenOutAgainKeepsItsLowestRating() {
        IssuedJobs issued = new IssuedJobs();
        StratumJob job = new StratumJob("1", TestMiner.candidate(1, HARD));
        StratumJob other = new StratumJob("2", TestMiner.candidate(1, HARD, 500));
        assertThat(issued.issue(job, 4, true)).isEqualTo(4);
        assertThat(issued.issue(other, 16, false)).isEqualTo(16);
        assertThat(issued.issue(job, 2, false)).isEqualTo(2);
        assertThat(issued.issue(job, 8, true)).isEqualTo(2);
        assertThat(issued.find("1").orElseThrow().difficulty()).isEqualTo(2);
        assertThat(issued.find("2")).isEmpty();
    }

    @Test
    void announcesAHigherDifficultyOnlyWithAJobThatTheMinerDoesNotHave() {
        int bits = 0x1e200000; // the difficulty 2^-13
        suggest(0x1p-14);
        logIn(bits);
        JsonNode first = notification();
        BigInteger easy = ShareTarget.of(0x1p-14);
        int nonce = -1;
        for (int i = 0; i < 8; i++) {
            nonce = mine(easy, "00000000", nonce + 1, 0);
            submit("00000000", nonce);
        }
        session.adjust(600);
        assertThat(announced()).containsExactly(0x1p-14);
        assertThat(notification()).isEqualTo(first);
        pool.candidate(TestMiner.candidate(1, bits, 500), 700);
        pool.tick(1_000);
        assertThat(notification().path(0)).isNotEqualTo(first.path(0));
        assertThat(announced()).containsExactly(0x1p-14, 0x1p-13);
        submit(first, "00000000", mine(first, easy, "00000000", nonce + 1, 0));
        assertThat(ratings()).hasSize(9).containsOnly(0x1p-14);
        submit("00000000", mine(ShareTarget.of(0x1p-13), "00000000", 0));
        assertThat(ratings().getLast()).isEqualTo(0x1p-13);
    }

    @Test
    void announcesALowerDifficultyAtOnce() {
        logIn(HARD);
        session.adjust(41_000);
        assertThat(announced()).hasSize(2);
        assertThat(announced().getLast()).isLessThan(announced().getFirst());
    }

    @Test
    void announcesNothingMoreOnceTheDifficultyIsTheBlocks() {
        logIn(EASY);
        double block = ShareTarget.difficulty(new CompactBits(EASY));
        int nonce = -1;
        for (int i = 0; i < 16; i++) {
            nonce = mine(EASY_TARGET, "00000000", nonce + 1, 0);
            submit("00000000", nonce);
            session.adjust(1_000 * i);
        }
        assertThat(announced()).containsExactly(block);
        assertThat(lines.stream()
                        .filter(line -> line.path("method").asString("").equals("mining.notify")))
                .hasSize(1);
    }

    @Test
    void takesNoSharesSoEasyThatTheyPushOutWorkThatCounts() {
        int bits = 0x1900ffff; // 2^24 times the difficulty 1
        suggest(0x1p-14);
        logIn(bits);
        double block = ShareTarget.difficulty(new CompactBits(bits));
        assertThat(announced()).containsExactly(2 * block / (1 << 17));
    }

    @Test
    void takesNoMoreSharesOfAJobThanItCanRemember() {
        IssuedJobs issued = new IssuedJobs();
        issued.issue(new StratumJob("1", TestMiner.candidate(1, HARD)), 1, true);
        IssuedJobs.Issued rating = issued.find("1").orElseThrow();
        for (int i = 0; i < IssuedJobs.MAX_SHARES; i++) {
            assertThat(rating.isFull()).isFalse();
            assertThat(rating.isNew(new StratumJob.Share(i, 0, 0))).isTrue();
        }
        assertThat(rating.isFull()).isTrue();
    }

    @Test
    void givesOutAJobToWhoeverAuthorizesBeforeTheSubscription() {
        pool.add(session);
        pool.candidate(TestMiner.candidate(1, HARD), 0);
        authorize();
        assertThat(lines).hasSize(1);
        receive("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}");
        assertThat(lines.stream().map(line -> line.path("method").asString("")))
                .containsExactly("", "", "mining.set_difficulty", "mining.notify");
    }

    @Test
    void refusesSharesFromTheMomentTheHeadMovesAndNotOnlyFromTheNextJobOn() {
        logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000000", 0);
        pool.headMoved();
        submit("00000000", nonce);
        assertThat(lastError()).isEqualTo(21);
        assertThat(work.shares).isEmpty();
        pool.tick(StratumPool.NOTIFY_MILLIS);
        pool.candidate(TestMiner.candidate(2, EASY), 1);
        assertThat(notification().path(8).booleanValue()).isTrue();
        submit("00000000", mine(EASY_TARGET, "00000000", 0));
        assertThat(lastResult()).isTrue();
    }

    @Test
    void refusesAnAddressForWhichThereIsNoPlaceAndLosesNoBlockByIt() {
        logIn(EASY);
        work.hasPlace = false;
        submit("00000000", mine(EASY_TARGET, "00000000", 0));
        assertThat(lastError()).isEqualTo(24);
        assertThat(found).hasSize(1);
        assertThat(pool.status(1).accepted()).isZero();
    }

    @Test
    void refusesAShareTwice() {
        logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000000", 0);
        submit("00000000", nonce);
        submit("00000000", nonce);
        assertThat(lastError()).isEqualTo(22);
        assertThat(found).hasSize(1);
    }

    @Test
    void refusesAShareAboveTheTarget() {
        logIn(HARD);
        submit("00000000", 0);
        assertThat(lastError()).isEqualTo(23);
    }

    @Test
    void refusesAShareForAnOlderHead() {
        logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000000", 0);
        JsonNode old = notification();
        pool.candidate(TestMiner.candidate(2, EASY), 1);
        assertThat(notification().path(8).booleanValue()).isTrue();
        submit(old, "00000000", nonce);
        assertThat(lastError()).isEqualTo(21);
        assertThat(found).isEmpty();
    }

    @Test
    void takesAShareForAnEarlierJobOnTheSameHead() {
        logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000000", 0);
        JsonNode earlier = notification();
        pool.candidate(TestMiner.candidate(1, EASY, 5_000), 1);
        assertThat(notification()).isEqualTo(earlier);
        renotify();
        assertThat(notification().path(0)).isNotEqualTo(earlier.path(0));
        submit(earlier, "00000000", nonce);
        assertThat(lastResult()).isTrue();
    }

    @Test
    void givesTheSameCandidateNoSecondName() {
        logIn(EASY);
        String name = notification().path(0).stringValue();
        int nonce = mine(EASY_TARGET, "00000000", 0);
        submit("00000000", nonce);
        renotify();
        assertThat(notification().path(0).stringValue()).isEqualTo(name);
        submit("00000000", nonce);
        assertThat(lastError()).isEqualTo(22);
    }

    @Test
    void refusesMinersThatDidNotSubscribeOrAreUnknown() {
        pool.add(session);
        pool.candidate(TestMiner.candidate(1, EASY), 0);
        receive("{\"id\": 4, \"method\": \"mining.submit\", \"params\": [\"x\", \"1\", \"00000000\", \"0\", \"0\"]}");
        assertThat(lastError()).isEqualTo(25);
        receive("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}");
        receive("{\"id\": 4, \"method\": \"mining.submit\", \"params\": [\"x\", \"1\", \"00000000\", \"0\", \"0\"]}");
        assertThat(lastError()).isEqualTo(24);
        receive("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"nobody\", \"x\"]}");
        assertThat(lastError()).isEqualTo(24);
    }

    @Test
    void takesRolledVersionsInsideTheNegotiatedMaskOnly() {
        receive("{\"id\": 9, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\", \"other\"],"
                + " {\"version-rolling.mask\": \"00ffe000\", \"version-rolling.min-bit-count\": 2}]}");
        JsonNode result = only().path("result");
        assertThat(result.path("version-rolling").booleanValue()).isTrue();
        assertThat(result.path("version-rolling.mask").stringValue()).isEqualTo("00ffe000");
        assertThat(result.path("other").booleanValue()).isFalse();
        logIn(EASY);
        int bits = 0x0000_6000;
        int nonce = mine(EASY_TARGET, "00000000", bits);
        submit(notification(), "00000000", nonce, ", \"00006000\"");
        assertThat(lastResult()).isTrue();
        assertThat(found.getFirst().header().version()).isEqualTo(0x2000_6000);
        submit(notification(), "00000000", nonce, ", \"10006000\"");
        assertThat(lastError()).isEqualTo(20);
    }

    @Test
    void refusesAnotherTimeThanTheJobs() {
        logIn(EASY);
        JsonNode notify = notification();
        receive("{\"id\": 4, \"method\": \"mining.submit\", \"params\": [\"" + TestMiner.ALICE + ".rig\", \""
                + notify.path(0).stringValue() + "\", \"00000000\", \"00000000\", \"00000000\"]}");
        assertThat(lastError()).isEqualTo(20);
    }

    @Test
    void acceptsUpToTheGreaterOfTheTwoTargetsThatMinersTakeForADifficulty() {
        BigInteger one = ShareTarget.of(1);
        assertThat(one).isEqualTo(BigInteger.ONE.shiftLeft(224));
        assertThat(ShareTarget.of(2)).isEqualTo(BigInteger.ONE.shiftLeft(223));
        assertThat(ShareTarget.of(0x1p-14)).isEqualTo(BigInteger.ONE.shiftLeft(238));
        assertThat(ShareTarget.of(0x1p-60))
                .isEqualTo(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "null",
                "{\"id\": 1}",
                "{\"method\": 3}",
                "{\"method\": \"x\", \"params\": 1}",
                "{\"id\": {}, \"method\": \"mining.submit\", \"params\": [[], {}, null, 1, true, \"\"]}",
                "{\"id\": 1, \"method\": \"mining.configure\", \"params\": [3, \"x\"]}",
                "{\"id\": 1, \"method\": \"mining.authorize\", \"params\": [null]}",
                "{\"id\": 1, \"method\": \"mining.suggest_difficulty\", \"params\": [-1]}"
            })
    void survivesAndInTheEndLeavesWhoeverSendsNonsense(String line) {
        pool.add(session);
        for (int i = 0; i < 300; i++) {
            receive(line);
        }
        boolean harmless = line.contains("mining.configure");
        assertThat(ends.isEmpty()).isEqualTo(harmless);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0000\", \"TIME\", \"00000000\"",
                "\"zzzzzzzz\", \"TIME\", \"00000000\"",
                "\"00000000\", \"TIME\", \"0000000\"",
                "\"00000000\", \"TIME\", 5",
                "\"00000000\", \"TIME\"",
                "\"00000000\", \"TIME\", \"00000000\", \"xyz\"",
                "\"00000000\", \"\", \"00000000\""
            })
    void refusesFieldsThatAreNotWhatTheyMustBe(String fields) {
        logIn(EASY);
        JsonNode notify = notification();
        receive("{\"method\": \"mining.submit\", \"params\": [\"" + TestMiner.ALICE + ".rig\", \""
                + notify.path(0).stringValue() + "\", "
                + fields.replace("TIME", notify.path(7).stringValue()) + "], \"id\": 4}");
        assertThat(lastError()).isEqualTo(20);
        assertThat(work.shares).isEmpty();
    }

    @Test
    void tellsTheMinerThatAShareCannotBeKeptAndLosesNoBlockByIt() {
        logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000000", 0);
        work.diskIsFull = true;
        submit("00000000", nonce);
        assertThat(lastError()).isEqualTo(20);
        assertThat(found).hasSize(1);
        assertThat(pool.status(1).accepted()).isZero();
    }

    @Test
    void countsSharesAndRefusalsByWorkerAndCode() {
        logIn(EASY);
        int nonce = mine(EASY_TARGET, "00000000", 0);
        submit("00000000", nonce);
        submit("00000000", nonce);
        receive("{\"id\": 9, \"method\": \"mining.nonsense\", \"params\": []}");
        PoolPort.PoolStatus status = pool.status(1_000);
        assertThat(status.accepted()).isOne();
        assertThat(status.refused()).isEqualTo(Map.of(20, 1L, 22, 1L));
        PoolPort.WorkerStatus alice = status.workers().getFirst();
        assertThat(alice.worker()).isEqualTo(DevelopmentKeys.address("alice"));
        assertThat(alice.accepted()).isOne();
        assertThat(alice.refused()).isEqualTo(Map.of(22, 1L));
        assertThat(alice.hashesPerSecond()).isEqualTo(status.hashesPerSecond()).isPositive();
    }

    @Test
    void endsConnectionsOfThoseWhoSayNothing() {
        session.endIfSilent(29_000);
        assertThat(ends).isEmpty();
        session.endIfSilent(31_000);
        assertThat(ends).hasSize(1);
        ends.clear();
        logIn(HARD);
        session.endIfSilent(800_000);
        assertThat(ends).isEmpty();
        session.endIfSilent(1_000_000);
        assertThat(ends).hasSize(1);
    }

    private Block logIn(int bits) {
        Block candidate = TestMiner.candidate(1, bits);
        pool.add(session);
        pool.candidate(candidate, 0);
        receive("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\"]}");
        authorize();
        return candidate;
    }

    private void authorize() {
        receive("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"" + TestMiner.ALICE + ".rig\", \"x\"]}");
    }

    private void suggest(double difficulty) {
        receive("{\"id\": 7, \"method\": \"mining.suggest_difficulty\", \"params\": [" + difficulty + "]}");
        lines.removeLast();
    }

    /** The difficulties that the miner was told. */
    private List<Double> announced() {
        return lines.stream()
                .filter(line -> line.path("method").asString("").equals("mining.set_difficulty"))
                .map(line -> line.path("params").path(0).doubleValue())
                .toList();
    }

    /** The difficulties that shares were credited with. */
    private List<Double> ratings() {
        return work.shares.stream().map(RecordedWork.Credit::difficulty).toList();
    }

    /** The next job on the same head. */
    private void renotify() {
        pool.tick(StratumPool.NOTIFY_MILLIS);
    }

    private int mine(BigInteger target, String extraNonce2, int versionBits) {
        return mine(target, extraNonce2, 0, versionBits);
    }

    private int mine(BigInteger target, String extraNonce2, int firstNonce, int versionBits) {
        return mine(notification(), target, extraNonce2, firstNonce, versionBits);
    }

    private static int mine(JsonNode notify, BigInteger target, String extraNonce2, int firstNonce, int versionBits) {
        byte[] header = TestMiner.header(notify, "01020304", extraNonce2, versionBits, 0);
        for (int nonce = firstNonce; nonce < firstNonce + 10_000_000; nonce++) {
            TestMiner.setNonce(header, nonce);
            if (TestMiner.number(header).compareTo(target) <= 0) {
                return nonce;
            }
        }
        throw new AssertionError("no nonce in ten million");
    }

    private void submit(String extraNonce2, int nonce) {
        submit(notification(), extraNonce2, nonce);
    }

    private void submit(JsonNode notify, String extraNonce2, int nonce) {
        submit(notify, extraNonce2, nonce, "");
    }

    /** As cpuminer does, always with the id 4. */
    private void submit(JsonNode notify, String extraNonce2, int nonce, String more) {
        receive("{\"method\": \"mining.submit\", \"params\": [\"" + TestMiner.ALICE + ".rig\", \""
                + notify.path(0).stringValue() + "\", \"" + extraNonce2 + "\", \""
                + notify.path(7).stringValue() + "\", \"" + HexFormat.of().toHexDigits(nonce) + "\"" + more
                + "], \"id\":4}");
    }

    private void receive(String line) {
        session.receive(line, 1);
    }

    private JsonNode only() {
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private JsonNode notification() {
        return lines.reversed().stream()
                .filter(line -> line.path("method").asString("").equals("mining.notify"))
                .findFirst()
                .orElseThrow()
                .path("params");
    }

    private boolean lastResult() {
        JsonNode reply = lastReply();
        assertThat(reply.path("error").isNull()).as(reply.toString()).isTrue();
        return reply.path("result").booleanValue();
    }

    private int lastError() {
        JsonNode reply = lastReply();
        assertThat(reply.path("result").isNull()).isTrue();
        assertThat(reply.path("error").path(1).isString()).isTrue();
        return reply.path("error").path(0).intValue();
    }

    private JsonNode lastReply() {
        return lines.reversed().stream()
                .filter(line -> !line.path("id").isNull())
                .findFirst()
                .orElseThrow();
    }
}
