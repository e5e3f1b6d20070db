package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonValue;
import synod.crypto.Address;
import synod.node.replica.Network;

/** An address as this network writes it. */
public record AddressText(@JsonValue String text) {
    /** The text of an address. */
    public static AddressText of(Network network, Address address) {
        return new AddressText(address.format(network.addressPrefix()));
    }
}
