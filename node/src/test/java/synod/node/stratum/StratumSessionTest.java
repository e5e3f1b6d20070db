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
import synod.crypto.DevelopmentKeys;
import synod.crypto.Sha256;
import synod.node.rpc.port.PoolPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection, spoken to as cpuminer speaks: its order of messages, its ids, its byte orders. */
class StratumSessionTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int EASY = 0x1f00ffff; // a hash in 65,536 is a block
    private static final int HARD = 0x1b00ffff;

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
        assertThat(notify.path(6).stringValue()).isEqualTo("1b00ffff");
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
        assertThat(work.shares).containsExactly(DevelopmentKeys.address("alice"));
    }

    @Test
    void countsAShareThatIsNoBlock() {
        logIn(HARD);
        receive("{\"id\": 7, \"method\": \"mining.suggest_difficulty\", \"params\": [0.00006103515625]}");
        renotify();
        submit("00000000", mine(ShareTarget.of(0x1p-14), "00000000", 0));
        assertThat(lastResult()).isTrue();
        assertThat(found).isEmpty();
        assertThat(pool.status(0).accepted()).isEqualTo(1);
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

    private static final BigInteger EASY_TARGET = new synod.consensus.pow.CompactBits(EASY).target();

    private Block logIn(int bits) {
        Block candidate = TestMiner.candidate(1, bits);
        pool.add(session);
        pool.candidate(candidate, 0);
        receive("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\"]}");
        receive("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"" + TestMiner.ALICE + ".rig\", \"x\"]}");
        return candidate;
    }

    /** The next job on the same head. */
    private void renotify() {
        pool.tick(StratumPool.NOTIFY_MILLIS);
    }

    private int mine(BigInteger target, String extraNonce2, int versionBits) {
        JsonNode notify = notification();
        for (int nonce = 0; nonce < 10_000_000; nonce++) {
            if (TestMiner.number(TestMiner.header(notify, "01020304", extraNonce2, versionBits, nonce))
                            .compareTo(target)
                    <= 0) {
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
