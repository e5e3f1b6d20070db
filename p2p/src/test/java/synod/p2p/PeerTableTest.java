package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.crypto.Sha256;

class PeerTableTest {
    private static final long HOUR = 3_600_000;
    private static final long NOW = 1_000_000 * HOUR;
    private static final InetAddress TELLER = InetAddress.ofLiteral("198.51.100.1");

    private final Random random = new Random(42);
    private final PeerTable table = new PeerTable(Sha256.hash(new byte[] {9}));

    @Test
    void oneTellerReachesAFewNewBucketsOnly() {
        IntStream.range(0, 15_000).forEach(i -> table.add(address(i), TELLER, NOW));

        assertThat(table.entries()).hasSizeLessThanOrEqualTo(PeerTable.NEW_PER_SOURCE * PeerTable.BUCKET_SIZE);
        int accepted = 0;
        for (int i = 0; i < 1_000; i++) {
            InetAddress honest = InetAddress.ofLiteral((i % 200 + 1) + "." + (i / 200) + ".0.1");
            accepted += table.add(address(100_000 + i), honest, NOW) ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(850);
    }

    @Test
    void oneAddressRangeReachesAFewTriedBucketsOnly() {
        IntStream.range(0, 15_000).forEach(i -> {
            PeerAddress own = PeerAddress.of("203.0." + (i >> 8 & 0xff) + "." + (i & 0xff), 1 + i);
            table.met(own, InetAddress.ofLiteral((i % 200 + 1) + ".9.9.9"), NOW);
        });

        long tried = table.entries().stream().filter(PeerTable.Entry::tried).count();
        assertThat(tried).isEqualTo((long) PeerTable.TRIED_PER_GROUP * PeerTable.BUCKET_SIZE);
    }

    @Test
    void manyAddressesOfOneTellerDoNotOutweighTheOthersWhenSelecting() {
        IntStream.range(0, 15_000).forEach(i -> table.add(address(i), TELLER, NOW));
        Set<PeerAddress> honest = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            PeerAddress address = address(100_000 + i);
            honest.add(address);
            table.add(address, InetAddress.ofLiteral((i + 1) + ".7.0.1"), NOW);
        }

        long chosen = IntStream.range(0, 2_000)
                .filter(i -> honest.contains(table.select(a -> true, random).orElseThrow()))
                .count();

        assertThat(table.entries().size()).isGreaterThan(500);
        assertThat(chosen).isGreaterThan(1_300);
    }

    @Test
    void bucketsDependOnTheSecret() {
        PeerTable other = new PeerTable(Sha256.hash(new byte[] {10}));
        for (int i = 0; i < 20_000; i++) {
            table.add(address(i), TELLER, NOW);
            other.add(address(i), TELLER, NOW);
        }
        assertThat(Set.copyOf(table.entries())).isNotEqualTo(Set.copyOf(other.entries()));
    }

    @Test
    void aFullNewBucketGivesWayForWhatProvedBadAndForNothingElse() {
        IntStream.range(0, 15_000).forEach(i -> table.add(address(i), TELLER, NOW));
        int full = table.entries().size();
        PeerAddress newcomer = IntStream.range(60_000, 70_000)
                .mapToObj(PeerTableTest::address)
                .filter(a -> !table.add(a, TELLER, NOW))
                .findFirst()
                .orElseThrow();

        for (PeerTable.Entry entry : table.entries()) {
            for (int i = 0; i < 3; i++) {
                table.failed(entry.endpoint(), NOW);
            }
        }

        assertThat(table.add(newcomer, TELLER, NOW)).isTrue();
        assertThat(table.entries()).hasSize(full);
    }

    @Test
    void aTriedAddressIsTestedBeforeItIsEvicted() {
        Challenge challenge = challenge();

        table.met(challenge.victim, TELLER, NOW + 6 * HOUR);

        assertThat(table.challenged()).isEmpty();
        assertThat(isTried(challenge.victim)).isTrue();
        assertThat(isTried(challenge.newcomer)).isFalse();
    }

    @Test
    void aTriedAddressThatIsGoneGivesItsPlaceToTheNewcomer() {
        Challenge challenge = challenge();

        table.failed(challenge.victim, NOW + 6 * HOUR);

        assertThat(table.challenged()).isEmpty();
        assertThat(isTried(challenge.victim)).isFalse();
        assertThat(isTried(challenge.newcomer)).isTrue();
    }

    @Test
    void aTriedAddressMetLatelyIsNotEvenTested() {
        fillTried(NOW);
        for (int i = 0; i < 1_000; i++) {
            table.met(inRange(50_000 + i), TELLER, NOW + HOUR);
        }
        assertThat(table.challenged()).isEmpty();
    }

    @Test
    void tellsARandomPartAndNothingBad() {
        IntStream.range(0, 5_000)
                .forEach(i -> table.add(address(i), InetAddress.ofLiteral((i % 200 + 1) + ".1.1.1"), NOW));
        PeerAddress bad = table.entries().getFirst().endpoint();
        for (int i = 0; i < 3; i++) {
            table.failed(bad, NOW);
        }

        List<PeerAddress> first = table.sample(64, NOW, random);
        List<PeerAddress> second = table.sample(64, NOW, random);

        assertThat(first).hasSize(64).doesNotHaveDuplicates().doesNotContain(bad);
        assertThat(first).isNotEqualTo(second);
        assertThat(table.sample(100_000, NOW, random)).hasSize((table.entries().size() - 1) * 23 / 100);
        assertThat(table.sample(64, NOW + 31 * 24 * HOUR, random)).isEmpty();
    }

    @Test
    void aSmallLocalNetFitsWhole() {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        for (int port = 1; port <= 100; port++) {
            assertThat(table.add(PeerAddress.of("127.0.0.1", port), loopback, NOW))
                    .isTrue();
            table.met(PeerAddress.of("127.0.0.1", port), loopback, NOW);
        }
        assertThat(table.entries()).hasSize(100).allMatch(PeerTable.Entry::tried);
    }

    @Test
    void selectsOnlyTheEligibleAndForgetsTheRemoved() {
        table.add(address(1), TELLER, NOW);
        table.add(address(2), TELLER, NOW);

        assertThat(table.select(address(2)::equals, random)).contains(address(2));
        table.remove(address(2));
        assertThat(table.select(address(2)::equals, random)).isEmpty();
    }

    @Test
    void keepsItsBookkeepingThroughALongRandomLife() {
        Random life = new Random(8);
        long now = NOW;
        for (int i = 0; i < 20_000; i++) {
            now += life.nextInt((int) HOUR);
            PeerAddress address = life.nextBoolean() ? inRange(life.nextInt(2_000)) : address(life.nextInt(5_000));
            switch (life.nextInt(4)) {
                case 0 -> table.add(address, InetAddress.ofLiteral((life.nextInt(200) + 1) + ".1.1.1"), now);
                case 1 -> table.met(address, TELLER, now);
                case 2 -> table.failed(table.challenged().orElse(address), now);
                default -> {
                    if (life.nextInt(20) == 0) {
                        table.remove(address);
                    }
                }
            }
        }
        PeerTable copy = new PeerTable(table.secret());
        table.entries().forEach(copy::restore);
        assertThat(copy.entries()).isEqualTo(table.entries()).isNotEmpty();
    }

    private record Challenge(PeerAddress victim, PeerAddress newcomer) {}

    private Challenge challenge() {
        fillTried(NOW);
        long later = NOW + 5 * HOUR;
        for (int i = 50_000; ; i++) {
            PeerAddress newcomer = inRange(i);
            if (!table.add(newcomer, InetAddress.ofLiteral((i % 200 + 1) + ".1.1.1"), later)) {
                continue;
            }
            table.met(newcomer, TELLER, later);
            if (table.challenged().isPresent()) {
                return new Challenge(table.challenged().get(), newcomer);
            }
        }
    }

    private void fillTried(long now) {
        IntStream.range(0, 2_000).forEach(i -> table.met(inRange(i), TELLER, now));
    }

    private boolean isTried(PeerAddress address) {
        return table.entries().stream().anyMatch(e -> e.tried() && e.endpoint().equals(address));
    }

    /** Addresses of one wide group. */
    private static PeerAddress inRange(int i) {
        return PeerAddress.of("203.0." + (i >> 8 & 0xff) + "." + (i & 0xff), 30_303);
    }

    /** Addresses all over the world. */
    private static PeerAddress address(int i) {
        int mixed = i * 0x9E3779B1;
        return PeerAddress.of(
                (1 + (mixed >>> 24) % 120) + "." + (mixed >>> 16 & 0xff) + "." + (mixed >>> 8 & 0xff) + "."
                        + (mixed & 0xff),
                1 + (i & 0x7fff));
    }
}
