package synod.chain.stake;

import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;

/**
 * Who may propose: whoever's output of the verifiable random function at the epoch's nonce and the slot lies below the
 * threshold of his share of the stake (B. David, P. Gaži, A. Kiayias, A. Russell, "Ouroboros Praos", EUROCRYPT 2018,
 * figure 4). Cheap, exact, and without cryptography: that the output is the function's was checked before.
 */
public final class ProposerRule {
    private final LeaderThreshold threshold;

    /** The rule where so many slots have a leader. */
    public ProposerRule(StakeRules rules) {
        this.threshold = new LeaderThreshold(rules.activeSlots());
    }

    /** The threshold by which leaders are drawn. */
    public LeaderThreshold threshold() {
        return threshold;
    }

    /**
     * Refuses a block of somebody who does not lead the slot.
     *
     * @param epoch of the block's slot, on the block's branch
     * @throws RejectedException {@code BAD_ENGINE_FIELD} if the field is no proof or one for another nonce, {@code
     *     BAD_PROPOSER} if the proposer is no validator, drew with another key, or drew no lead
     */
    public void check(EpochState epoch, HeaderCore core) throws RejectedException {
        LeaderProof proof = LeaderProof.decode(core.engineField());
        if (!proof.nonce().equals(epoch.nonce())) {
            throw new RejectedException(
                    Reason.BAD_ENGINE_FIELD,
                    "the proof is for the nonce " + proof.nonce() + ", and that of epoch " + epoch.number() + " is "
                            + epoch.nonce());
        }
        Staker staker = epoch.active()
                .find(core.proposer())
                .orElseThrow(() -> new RejectedException(
                        Reason.BAD_PROPOSER,
                        "the proposer " + core.proposer().digest() + " has no stake in epoch " + epoch.number()));
        if (!proof.vrfKey().equals(staker.vrfKey())) {
            throw new RejectedException(
                    Reason.BAD_PROPOSER,
                    "the proposer's VRF key in epoch " + epoch.number() + " is " + staker.vrfKey() + ", not "
                            + proof.vrfKey());
        }
        if (!threshold.admits(proof.output(), staker.stake(), epoch.active().total())) {
            throw new RejectedException(Reason.BAD_PROPOSER, "the proposer does not lead the slot");
        }
    }
}
