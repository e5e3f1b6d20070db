package synod.chain.stake;

import java.nio.charset.StandardCharsets;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * The stake that there is from the start, beside the balances.
 *
 * @param validators who decides in the first two epochs
 */
public record StakeGenesis(StakeRules rules, StakeSnapshot validators) {
    private static final byte[] DOMAIN = "synod first nonce 1".getBytes(StandardCharsets.US_ASCII);

    /** Epoch 0, whose nonce is a hash over its validators and the time at which it begins. */
    public EpochState epoch() {
        return new EpochState(0, seed(), validators, validators);
    }

    private Hash seed() {
        Encoder out = new Encoder(256).u64(rules.clock().originMillis());
        validators.encode(out);
        return Sha256.hash(DOMAIN, out.toBytes());
    }

    /** Writes the records of the state after block 0. */
    public void write(StakeRecords records) {
        new StakeLedger(rules, records, 0).create(validators, epoch(), NonceState.initial(seed()));
    }
}
