package synod.node.replica;

import java.util.Optional;
import synod.consensus.Signer;
import synod.consensus.VrfProver;
import synod.consensus.pos.WeakCheckpoint;
import synod.crypto.Address;
import synod.crypto.SigningKey;
import synod.crypto.VrfKey;

/**
 * What a replica is told about the node that it is the heart of.
 *
 * @param signer the node's key; where members or stakers decide, it takes part while this key is one of theirs
 * @param vrf what it draws slots with, where stake decides
 * @param payout who receives what blocks that this node makes earn; empty: under proof of work it only observes, a
 *     member's own address gets it. Under proof of stake it is always the validator's own
 * @param checkpoint a block that must be on the branch that the node follows, under proof of stake
 */
public record NodeIdentity(
        Signer signer, VrfProver vrf, Optional<Address> payout, Optional<WeakCheckpoint> checkpoint) {
    /** The holder of a key. */
    public static NodeIdentity of(SigningKey key, Optional<Address> payout, Optional<WeakCheckpoint> checkpoint) {
        return new NodeIdentity(Signer.of(key), VrfProver.of(VrfKey.ofSigningKey(key)), payout, checkpoint);
    }
}
