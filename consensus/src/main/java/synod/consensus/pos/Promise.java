package synod.consensus.pos;

import java.util.Optional;
import synod.chain.stake.Checkpoint;

/**
 * A certificate for a checkpoint that was never executed here. It says which branch to try, and nothing else: where the
 * target's branch breaks a rule, those who signed have proven nothing, and what was justified before still is. Once the
 * target is on the adopted branch the certificate holds for good.
 */
final class Promise {
    private final Branches branches;
    private final FinalityState finality;
    private Optional<JustificationCertificate> certificate = Optional.empty();

    Promise(Branches branches, FinalityState finality) {
        this.branches = branches;
        this.finality = finality;
    }

    /** Takes a certificate, if it leads further than the one that is here. */
    void offer(JustificationCertificate offered) {
        long known = open().map(one -> one.link().target().epoch()).orElse(-1L);
        if (isOpen(offered) && offered.link().target().epoch() > known) {
            certificate = Optional.of(offered);
        }
    }

    /** The certificate, for as long as its target can still be adopted and would be news. */
    Optional<JustificationCertificate> open() {
        return certificate.filter(this::isOpen);
    }

    private boolean isOpen(JustificationCertificate one) {
        Checkpoint target = one.link().target();
        return target.epoch() > finality.justified().epoch()
                && branches.tree().isComplete(target.block())
                && branches.tree()
                        .node(target.block())
                        .filter(node -> branches.contains(node, finality.finalized()))
                        .isPresent();
    }
}
