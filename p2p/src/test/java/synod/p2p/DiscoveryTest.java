package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.crypto.Sha256;
import synod.p2p.policy.AddressGroup;

class DiscoveryTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final InetAddress TELLER = InetAddress.ofLiteral("198.51.100.1");
    private static final Discovery.View ALONE = new Discovery.View(Set.of(), Set.of(), Set.of(), 0);

    private final PeerTable table = new PeerTable(Sha256.hash(new byte[1]));

    private Discovery discovery(UnaryOperator<PeerNetworkConfig.Builder> options) {
        PeerNetworkConfig.Builder builder =
                PeerNetworkConfig.builder(TestNode.key(1), TestNode.hello(TestNode.CHAIN, 1), kind -> 1);
        return new Discovery(options.apply(builder).build(), table, new Random(3), NOW);
    }

    private static PeerAddress at(String host) {
        return PeerAddress.of(host, 30_303);
    }

    @Test
    void dialsOnePeerInEachAddressGroupUpToTheTarget() {
        Discovery discovery = discovery(config -> config.targetOutbound(8));
        discovery.learn(
                IntStream.range(1, 200).mapToObj(i -> at("203.0.113." + i)).toList(), TELLER, NOW);
        discovery.learn(List.of(at("8.8.8.8"), at("9.9.9.9")), TELLER, NOW);

        List<Dial> dials = discovery.due(ALONE, NOW);

        assertThat(dials)
                .extracting(dial -> AddressGroup.wide(dial.address().literal().orElseThrow())
                        .cidr())
                .containsExactlyInAnyOrder("203.0.0.0/16", "8.8.0.0/16", "9.9.0.0/16");
        assertThat(discovery.due(ALONE, NOW)).isEmpty();
    }

    @Test
    void countsWhatIsConnectedAndUnderWayTowardsTheTarget() {
        Discovery discovery = discovery(config -> config.targetOutbound(3));
        discovery.learn(IntStream.range(1, 100).mapToObj(i -> at(i + ".1.1.1")).toList(), TELLER, NOW);

        assertThat(discovery.due(new Discovery.View(Set.of(), Set.of(), Set.of(), 1), NOW))
                .hasSize(2);
        assertThat(discovery.due(new Discovery.View(Set.of(), Set.of(), Set.of(), 1), NOW))
                .isEmpty();
    }

    @Test
    void dialsNeitherTheConnectedNorItselfAgain() {
        Discovery discovery = discovery(config -> config);
        discovery.learn(List.of(at("8.8.8.8"), at("9.9.9.9")), TELLER, NOW);
        Discovery.View view = new Discovery.View(Set.of(), Set.of(at("8.8.8.8")), Set.of(), 1);

        Dial dial = discovery.due(view, NOW).getFirst();
        assertThat(dial.address()).isEqualTo(at("9.9.9.9"));
        discovery.metSelf(dial, NOW);
        discovery.learn(List.of(at("9.9.9.9")), TELLER, NOW);

        assertThat(discovery.due(view, NOW + 3_600_000))
                .noneMatch(d -> d.address().equals(at("9.9.9.9")));
    }

    @Test
    void learnsLocalAddressesOnlyWhereTheyAreAllowed() {
        List<PeerAddress> local = List.of(at("10.0.0.1"), at("127.0.0.1"));
        discovery(config -> config).learn(local, TELLER, NOW);
        assertThat(table.entries()).isEmpty();

        discovery(config -> config.allowLocalAddresses(true)).learn(local, TELLER, NOW);
        assertThat(table.entries()).hasSize(2);
    }

    @Test
    void probesAnAddressNeverMetOnceInAWhile() {
        Discovery discovery = discovery(config -> config.targetOutbound(0));
        discovery.learn(List.of(at("8.8.8.8")), TELLER, NOW);

        assertThat(discovery.due(ALONE, NOW)).isEmpty();
        List<Dial> dials = discovery.due(ALONE, NOW + 120_000);
        assertThat(dials).containsExactly(new Dial(at("8.8.8.8"), Dial.Purpose.PROBE));
        discovery.met(dials.getFirst(), TestNode.id(2), InetAddress.ofLiteral("8.8.8.8"), NOW + 120_001);
        discovery.superfluous(dials.getFirst(), Optional.of(TestNode.id(2)), NOW + 120_001);

        assertThat(table.entries()).singleElement().matches(PeerTable.Entry::tried);
    }

    @Test
    void tellsItsAdvertisedAddress() {
        Discovery discovery = discovery(config -> config.advertisedHost("203.0.113.5"));
        assertThat(discovery.tell(7, NOW).addresses()).containsExactly(PeerAddress.of("203.0.113.5", 7));
    }

    @Test
    void aNodeWithoutRoomKeepsItsGoodName() {
        Discovery discovery = discovery(config -> config);
        discovery.learn(List.of(at("8.8.8.8")), TELLER, NOW);
        Dial dial = discovery.due(ALONE, NOW).getFirst();

        for (int i = 0; i < 20; i++) {
            discovery.full(dial, NOW);
        }
        assertThat(table.entries().getFirst().failures()).isZero();
    }
}
