package synod.p2p.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGroupTest {
    @Test
    void groupsNarrowlyForConnectionsAndWidelyForTheTable() {
        assertThat(AddressGroup.narrow(ip("203.0.113.77")).cidr()).isEqualTo("203.0.113.0/24");
        assertThat(AddressGroup.wide(ip("203.0.113.77")).cidr()).isEqualTo("203.0.0.0/16");
        assertThat(AddressGroup.narrow(ip("2001:db8:1:2::3")).cidr()).isEqualTo("2001:db8:1:0:0:0:0:0/48");
        assertThat(AddressGroup.wide(ip("2001:db8:1:2::3")).cidr()).isEqualTo("2001:db8:0:0:0:0:0:0/32");
    }

    @Test
    void takesAMappedAddressForTheIpv4AddressThatItIs() {
        assertThat(AddressGroup.narrow(ip("::ffff:203.0.113.77")).cidr()).isEqualTo("203.0.113.0/24");
    }

    @Test
    void putsAllLoopbackAddressesInOneGroup() {
        assertThat(AddressGroup.narrow(ip("127.0.0.1"))).isEqualTo(AddressGroup.LOOPBACK);
        assertThat(AddressGroup.narrow(ip("127.9.9.9"))).isEqualTo(AddressGroup.LOOPBACK);
        assertThat(AddressGroup.wide(ip("::1"))).isEqualTo(AddressGroup.LOOPBACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "fd00::1"
            })
    void usesLocalAddressesOnlyWhereTheyAreAllowed(String text) {
        assertThat(AddressGroup.isUsable(ip(text), true)).isTrue();
        assertThat(AddressGroup.isUsable(ip(text), false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "255.255.255.255", "240.0.0.1", "ff02::1", "fe80::1"})
    void neverUsesWhatIsNoPeersAddress(String text) {
        assertThat(AddressGroup.isUsable(ip(text), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.63.255.255", "100.128.0.0", "172.32.0.1", "2001:4860::1"})
    void usesPublicAddresses(String text) {
        assertThat(AddressGroup.isUsable(ip(text), false)).isTrue();
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}
