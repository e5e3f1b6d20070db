package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.stake.ProposerAdmission;

/** Accounts 0 and 1 have stake, account 2 has none. Epochs have nine slots. */
class ProposerAdmissionTest {
    private static final int VALIDATOR = 0;
    private static final int STRANGER = 2;

    private final StakeFixture fixture = new StakeFixture(3, 2);
    private final Ledger ledger = fixture.open();
    private final ProposerAdmission admission = new ProposerAdmission(StakeFixture.STAKE_RULES);

    @BeforeEach
    void knowsGenesis() {
        executed();
    }

    private void executed() {
        admission.executed(ledger.headId(), ledger.stake().orElseThrow().ahead());
    }

    private void push(long slot) {
        fixture.push(ledger, VALIDATOR, slot);
        executed();
    }

    private void assertRefused(Block block) {
        assertThat(admission.check(block.header()).map(Rejection::reason)).contains(Reason.BAD_PROPOSER);
    }

    private void assertAdmitted(Block block) {
        assertThat(admission.check(block.header())).isEmpty();
    }

    @Test
    void refusesAStrangerOnTheHeadInThisEpochAndInLaterOnes() {
        push(1);
        assertAdmitted(fixture.draft(ledger, VALIDATOR, 2));
        assertRefused(fixture.draft(ledger, STRANGER, 2));
        assertRefused(fixture.draft(ledger, STRANGER, 9));
        assertRefused(fixture.draft(ledger, STRANGER, 900));
    }

    @Test
    void refusesAStrangerBelowTheHead() {
        push(1);
        Block sameEpoch = fixture.draft(ledger, STRANGER, 3);
        Block nextEpoch = fixture.draft(ledger, STRANGER, 10);
        Block validators = fixture.draft(ledger, VALIDATOR, 10);
        push(2);
        push(11);
        assertRefused(sameEpoch);
        assertRefused(nextEpoch);
        assertAdmitted(validators);
    }

    @Test
    void refusesAStrangerOnABranchThatWasLeft() {
        push(1);
        Block left = fixture.push(ledger, VALIDATOR, 2);
        executed();
        Block onLeft = fixture.draft(ledger, STRANGER, 12);
        assertThat(ledger.pop()).isEqualTo(left.id());
        push(3);
        assertRefused(onLeft);
    }

    @Test
    void refusesAStrangerOnHeadersThatAreNotExecutedYet() {
        Block first = fixture.push(ledger, VALIDATOR, 1);
        Block second = fixture.draft(ledger, STRANGER, 2);
        assertAdmitted(first);
        assertRefused(second);
    }

    @Test
    void leavesHeadersOfLaterEpochsThatRunAheadToExecution() {
        Block first = fixture.push(ledger, VALIDATOR, 1);
        Block nextEpoch = fixture.draft(ledger, STRANGER, 10);
        assertAdmitted(first);
        assertAdmitted(nextEpoch);
    }

    @Test
    void refusesAnotherEpochsNonce() {
        push(1);
        ByteString old = fixture.proof(ledger, VALIDATOR, 11).encode();
        push(2);
        BlockTemplate template =
                new BlockTemplate(fixture.address(VALIDATOR), StakeFixture.CLOCK.startMillis(11), 0, old);
        Block block = ledger.draft(template, List.of(), 0).block();
        assertThat(admission.check(block.header()).map(Rejection::reason)).contains(Reason.BAD_ENGINE_FIELD);
    }
}
