package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.crypto.Hash;

class PbftClusterTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void decidesAsSoonAsThereIsWork(int size) {
        TestCluster cluster = new TestCluster(size, 1);
        cluster.start();
        for (int block = 1; block <= 5; block++) {
            cluster.work();
            cluster.run(20);
            assertThat(cluster.lowestHeight()).isEqualTo(block);
        }
    }

    @Test
    void decidesAnEmptyBlockAtTheHeartbeatOnly() {
        TestCluster cluster = new TestCluster(4, 1);
        cluster.start();

        cluster.run(TestChain.PARAMETERS.heartbeatMillis() - 1);
        assertThat(cluster.highestHeight()).isZero();

        cluster.run(20);
        assertThat(cluster.lowestHeight()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void goesOnWithoutFMembersEvenThePrimary(int size) {
        TestCluster cluster = new TestCluster(size, 1);
        cluster.start();
        for (int faulty = 0; faulty < (size - 1) / 3; faulty++) {
            cluster.crash(faulty);
        }

        cluster.work();
        cluster.run(10_000);

        assertThat(cluster.lowestHeight()).isPositive();
    }

    @Test
    void resumesWithinATimeOutOfTheQuorumsReturn() {
        TestCluster cluster = new TestCluster(4, 1);
        cluster.start();
        cluster.crash(2);
        cluster.crash(3);
        cluster.work();
        cluster.run(3_600_000);
        assertThat(cluster.highestHeight()).isZero();
        assertThat(cluster.node(0).engine.status(cluster.nowMillis).activity()).isEqualTo("halted: 2 of 4 up, need 3");

        cluster.restart(2);
        cluster.restart(3);
        cluster.run(TestChain.PARAMETERS.maxTimeoutMillis());

        assertThat(cluster.lowestHeight()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void agreesWhateverIsLostAndWhoeverCrashesAndGoesOnWhenThatEnds(int size) {
        for (long seed = 0; seed < 8; seed++) {
            Random random = new Random(seed * 31 + size);
            TestCluster cluster = new TestCluster(size, seed);
            cluster.start();
            cluster.lossPercent = random.nextInt(40);
            cluster.slowDiskPercent = random.nextInt(60);
            cluster.maxDelayMillis = 1 + random.nextInt(800);
            for (int round = 0; round < 40; round++) {
                disturb(cluster, random);
                cluster.work();
                cluster.run(random.nextInt(2_500));
            }

            cluster.lossPercent = 0;
            cluster.slowDiskPercent = 0;
            cluster.maxDelayMillis = 10;
            for (int member : cluster.down.toArray(new Integer[0])) {
                cluster.restart(member);
            }
            long before = cluster.highestHeight();
            for (int round = 0; round < 20; round++) {
                cluster.work();
                cluster.run(2_000);
            }
            assertThat(cluster.lowestHeight())
                    .as("seed %d of %d members", seed, size)
                    .isGreaterThan(before);
        }
    }

    /**
     * Member 1 alone is locked on the block of view 0, and member 3 alone on another of view 2, and all are restarted: the
     * old IBFT could not go on from there.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void locksOnDifferentBlocksDoNotDeadlockAndOutliveARestart(int size) {
        TestCluster cluster = new TestCluster(size, 1);
        cluster.start();
        cluster.passage = (from, to, message) -> !is(message, Commit.class)
                && (!is(message, Prepare.class) || to == 1)
                && !is(message, ViewChange.class);
        cluster.work();
        cluster.run(900);
        Hash first = onlyLock(cluster, 1);

        cluster.passage = (from, to, message) ->
                from != 1 && to != 1 && !is(message, Commit.class) && (!is(message, Prepare.class) || to == 3);
        cluster.run(9_000);
        Hash second = onlyLock(cluster, 3);
        assertThat(second).isNotEqualTo(first);
        assertThat(cluster.highestHeight()).isZero();

        cluster.passage = (_, _, _) -> true;
        for (int member = 0; member < size; member++) {
            cluster.crash(member);
        }
        for (int member = 0; member < size; member++) {
            cluster.restart(member);
        }
        cluster.work();
        cluster.run(60_000);

        assertThat(cluster.lowestHeight()).isPositive();
        assertThat(cluster.node(0).tree.canonical(1).orElseThrow().id()).isEqualTo(second);
    }

    private static boolean is(Optional<PbftMessage> message, Class<? extends PbftMessage> kind) {
        return message.filter(kind::isInstance).isPresent();
    }

    /** What this member committed to last. */
    private static Hash onlyLock(TestCluster cluster, int member) {
        return cluster.node(member).said.stream()
                .filter(Commit.class::isInstance)
                .map(commit -> ((Commit) commit).vote().ballot().block())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static void disturb(TestCluster cluster, Random random) {
        int member = random.nextInt(cluster.nodes.size());
        if (cluster.down.contains(member)) {
            cluster.restart(member);
        } else if (random.nextInt(3) == 0 && cluster.down.size() <= (cluster.nodes.size() - 1) / 3) {
            cluster.crash(member);
        }
    }
}
