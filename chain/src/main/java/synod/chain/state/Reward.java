package synod.chain.state;

import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;

/** What a block earned its proposer, new coins and fees: the record of a reward that still matures. */
record Reward(Address proposer, Amount amount) {
    /** Address, amount u64. */
    byte[] encode() {
        return new Encoder(40).hash(proposer.digest()).u64(amount.units()).toBytes();
    }

    static Reward decode(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        Reward reward = new Reward(new Address(in.hash()), new Amount(in.u63()));
        in.finish();
        return reward;
    }
}
