package synod.chain.state;

import synod.crypto.Hash;

/** Proof that a record is in the state under a root, or that none is. */
public interface StateProof {
    /** Whether the proof holds for this root. */
    boolean holdsFor(Hash stateRoot);
}
