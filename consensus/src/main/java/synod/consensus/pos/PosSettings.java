package synod.consensus.pos;

import java.util.Optional;
import synod.chain.LedgerRules;
import synod.consensus.Signer;
import synod.consensus.VrfProver;

/**
 * Who this node is.
 *
 * @param signer the node's key; while it has stake the node takes part
 * @param vrf what it draws slots with
 * @param rules what evidence must pay to be reported
 * @param checkpoint a block that must be on the branch that the node follows
 */
public record PosSettings(Signer signer, VrfProver vrf, LedgerRules rules, Optional<WeakCheckpoint> checkpoint) {}
