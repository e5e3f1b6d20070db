package synod.wallet;

import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * What a node says about its network.
 *
 * @param name the network's name
 * @param chainId the genesis block's id, which transactions are signed for
 * @param addressPrefix what its addresses begin with
 * @param development whether its coins are play money, and the public development words may be used
 * @param minFeePerByte the lowest fee, in units a byte
 */
record Network(String name, Hash chainId, String addressPrefix, boolean development, long minFeePerByte) {
    /** Reads the result of {@code ledger_getNetwork}. */
    static Network of(JsonObject result) {
        long minFeePerByte = result.object("rules").number("minFeePerByte");
        if (minFeePerByte < 0) {
            throw new JsonShapeException("field 'minFeePerByte' is negative");
        }
        return new Network(
                result.text("name"),
                NodeClient.hash(result.text("chainId")),
                result.text("addressPrefix"),
                result.flag("development"),
                minFeePerByte);
    }

    /** The address as text of this network. */
    String format(Address address) {
        return address.format(addressPrefix);
    }
}
