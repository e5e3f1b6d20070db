package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Buffer;
import synod.consensus.quorum.HashSigner;
import synod.crypto.PublicKey;

/** Whose contradictions a validator keeps proof of. */
class ContradictionsTest extends OneValidator {
    private void claimsTwice(HashSigner key, long slot) {
        BlockNode other = chain.add(chain.root(), 1, 3);
        arrives(chain.add(chain.block(chain.root(), slot, key, Optional.empty())));
        arrives(chain.add(chain.block(other, slot, key, Optional.empty())));
    }

    private PublicKey validator(int number) {
        return chain.signers.get(number).publicKey();
    }

    private long slotClaims() {
        return engine.buffers().stream()
                .filter(buffer -> buffer.name().equals("slot claims"))
                .mapToLong(Buffer::size)
                .sum();
    }

    @Test
    void strangersCannotFillTheFileOrTheMemoryOfClaims() {
        start();
        now = StakeChain.timeOf(8);
        for (int i = 0; i < EvidenceFile.MAX_SIZE + 10; i++) {
            claimsTwice(HashSigner.named("stranger " + i), 5);
        }
        assertThat(engine.stakeEvidence()).isEmpty();
        assertThat(slotClaims()).isLessThan(10);
        claimsTwice(chain.signers.get(1), 6);
        assertThat(engine.stakeEvidence())
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.accused()).isEqualTo(validator(1)));
        assertThat(done(Action.Submit.class)).isNotEmpty();
    }

    @Test
    void whoIsJailedIsNotWorthMoreProof() {
        start();
        now = StakeChain.timeOf(8);
        chain.jail(validator(1));
        claimsTwice(chain.signers.get(1), 5);
        assertThat(engine.stakeEvidence()).isEmpty();
    }
}
