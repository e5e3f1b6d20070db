package synod.node.rpc.method;

import synod.node.rpc.jsonrpc.Param;

/** The declaration of address parameters; {@link ReplicaAccess#address} reads them against the network's prefix. */
final class AddressParam {
    /** BIP-350 allows no longer string. */
    private static final int MAX_LENGTH = 90;

    private AddressParam() {}

    static Param<String> of(String name, String description) {
        return Param.text(name, description + ", in bech32m", MAX_LENGTH);
    }
}
