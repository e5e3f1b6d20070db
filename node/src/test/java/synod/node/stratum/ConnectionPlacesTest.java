package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ConnectionPlacesTest {
    private final ConnectionPlaces places = new ConnectionPlaces(5, 2);

    @Test
    void givesOneHostOnlyItsShare() throws UnknownHostException {
        assertThat(take("192.0.2.1")).isTrue();
        assertThat(take("192.0.2.1")).isTrue();
        assertThat(take("192.0.2.1")).isFalse();
        assertThat(take("192.0.2.2")).isTrue();
        places.giveBack(InetAddress.getByName("192.0.2.1"));
        assertThat(take("192.0.2.1")).isTrue();
    }

    @Test
    void takesAnIpv6NetworkForOneHost() throws UnknownHostException {
        assertThat(take("2001:db8::1")).isTrue();
        assertThat(take("2001:db8::ffff:2")).isTrue();
        assertThat(take("2001:db8::3")).isFalse();
        assertThat(take("2001:db8:0:1::3")).isTrue();
    }

    @Test
    void givesNoMoreThanThereAre() throws UnknownHostException {
        for (int host = 1; host <= 5; host++) {
            assertThat(take("192.0.2." + host)).isTrue();
        }
        assertThat(take("192.0.2.6")).isFalse();
    }

    private boolean take(String address) throws UnknownHostException {
        return places.take(InetAddress.getByName(address));
    }
}
