package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import synod.p2p.policy.AddressGroup;

class DisciplineTest {
    private static final AddressGroup GROUP = AddressGroup.narrow(InetAddress.ofLiteral("203.0.113.7"));

    private final Discipline discipline = new Discipline(600_000);

    @Test
    void bansTheAddressGroupOfStrangers() {
        for (int i = 0; i < 9; i++) {
            assertThat(discipline.charge(GROUP, 10, "no TLS", 0)).isEmpty();
        }
        assertThat(discipline.charge(GROUP, 10, "no TLS", 0)).isPresent();

        assertThat(discipline.ban(GROUP, 1)).isPresent();
        assertThat(discipline.bans(1)).extracting(Ban::subject).containsExactly("203.0.113.0/24");
        assertThat(discipline.pardon("203.0.113.0/24", 1)).isTrue();
        assertThat(discipline.ban(GROUP, 1)).isEmpty();
    }

    @Test
    void neverBansLoopback() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(discipline.charge(AddressGroup.LOOPBACK, 10, "no TLS", 0))
                    .isEmpty();
        }
        assertThat(discipline.bans(0)).isEmpty();
    }

    @Test
    void pardonsNobodyForATextThatNamesNobody() {
        assertThat(discipline.pardon("nonsense", 0)).isFalse();
    }
}
