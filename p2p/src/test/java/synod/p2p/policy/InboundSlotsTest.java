package synod.p2p.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.p2p.policy.InboundSlots.Admission;

class InboundSlotsTest {
    private static final AddressGroup HERE = new AddressGroup("203.0.113.0/24");
    private static final AddressGroup THERE = new AddressGroup("198.51.100.0/24");

    private final InboundSlots<String> slots = new InboundSlots<>(2, 3, 2);

    @Test
    void limitsConnectionsFromOneGroupAndNotFromOthers() {
        slots.admit("a", HERE);
        slots.admit("b", HERE);

        assertThat(slots.admit("c", HERE)).isInstanceOf(Admission.Refused.class);
        assertThat(slots.admit("d", THERE)).isInstanceOf(Admission.Admitted.class);

        slots.release("a");
        assertThat(slots.admit("c", HERE)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void dropsTheOldestUnidentifiedForANewcomer() {
        slots.admit("a", AddressGroup.LOOPBACK);
        slots.admit("b", AddressGroup.LOOPBACK);
        slots.admit("c", AddressGroup.LOOPBACK);

        assertThat(slots.admit("d", AddressGroup.LOOPBACK)).isEqualTo(new Admission.Admitted<>(Optional.of("a")));
        assertThat(slots.size()).isEqualTo(3);
        assertThat(slots.identify("a", false)).isFalse();
    }

    @Test
    void refusesTheIdentifiedBeyondTheLimitUnlessReserved() {
        slots.admit("a", AddressGroup.LOOPBACK);
        slots.admit("b", AddressGroup.LOOPBACK);
        slots.admit("c", AddressGroup.LOOPBACK);

        assertThat(slots.identify("a", false)).isTrue();
        assertThat(slots.identify("b", false)).isTrue();
        assertThat(slots.identify("c", false)).isFalse();
        assertThat(slots.identify("c", true)).isTrue();
    }

    @Test
    void releasesOnlyOnce() {
        slots.admit("a", HERE);
        slots.admit("b", HERE);
        slots.release("a");
        slots.release("a");

        assertThat(slots.admit("c", HERE)).isInstanceOf(Admission.Admitted.class);
        assertThat(slots.admit("d", HERE)).isInstanceOf(Admission.Refused.class);
    }
}
