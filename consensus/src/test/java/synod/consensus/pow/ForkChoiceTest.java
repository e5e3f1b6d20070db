package synod.consensus.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import synod.chain.tree.BlockNode;
import synod.consensus.branch.ForkChoice;
import synod.consensus.branch.Preference;
import synod.crypto.Sha256;

class ForkChoiceTest {
    private static final CompactBits HARD = new CompactBits(0x1f00ffff);

    private final TestTree tree = new TestTree();
    private final ForkChoice forkChoice = new ForkChoice(tree, Preference.HEAVIER);

    @Test
    void adoptsAHeavierBlock() {
        BlockNode block = tree.child(tree.genesis(), "a");
        assertThat(forkChoice.arrived(block.id())).contains(block.id());
    }

    @Test
    void prefersMoreWorkToMoreBlocks() {
        BlockNode head = branch(tree.genesis(), "easy", 20);
        tree.setHead(head);
        BlockNode hard = tree.child(tree.genesis(), "hard", HARD);
        assertThat(forkChoice.arrived(hard.id())).contains(hard.id());
    }

    @Test
    void keepsTheFirstSeenOfTwoEquallyHeavy() {
        BlockNode first = tree.child(tree.genesis(), "first");
        BlockNode second = tree.child(tree.genesis(), "second");
        adopt(first);
        assertThat(forkChoice.arrived(second.id())).isEmpty();
    }

    @Test
    void keepsTheFirstSeenOfTwoEquallyHeavyCandidates() {
        BlockNode under = tree.child(tree.genesis(), "under way");
        BlockNode firstParent = tree.child(tree.genesis(), "first");
        BlockNode secondParent = tree.child(tree.genesis(), "second");
        BlockNode first = tree.child(firstParent, "first+");
        BlockNode second = tree.child(secondParent, "second+");
        assertThat(forkChoice.arrived(under.id())).contains(under.id());
        assertThat(forkChoice.arrived(first.id())).isEmpty();
        assertThat(forkChoice.arrived(second.id())).isEmpty();
        tree.setHead(under);
        assertThat(forkChoice.applied(under.id(), true)).contains(first.id());
    }

    @Test
    void adoptsOneBranchAtATimeAndThenTheHeaviestThatCameMeanwhile() {
        BlockNode one = tree.child(tree.genesis(), "one");
        BlockNode five = branch(one, "five", 4);
        BlockNode three = branch(tree.genesis(), "three", 3);
        assertThat(forkChoice.arrived(one.id())).contains(one.id());
        assertThat(forkChoice.isAdopting()).isTrue();
        assertThat(forkChoice.arrived(three.id())).isEmpty();
        assertThat(forkChoice.arrived(five.id())).isEmpty();

        tree.setHead(one);
        assertThat(forkChoice.applied(one.id(), true)).contains(five.id());
        tree.setHead(five);
        assertThat(forkChoice.applied(five.id(), true)).isEmpty();
        assertThat(forkChoice.isAdopting()).isFalse();
    }

    @Test
    void fallsBackToTheNextBestWhenABranchIsRejected() {
        BlockNode bad = branch(tree.genesis(), "bad", 5);
        BlockNode good = branch(tree.genesis(), "good", 3);
        forkChoice.arrived(bad.id());
        forkChoice.arrived(good.id());
        // The rejected branch has an ancestor of height 4, which is heavier than the good branch of height 3.
        BlockNode four = tree.node(bad.parent()).orElseThrow();
        BlockNode three = tree.node(four.parent()).orElseThrow();
        assertThat(forkChoice.applied(bad.id(), false)).contains(four.id());
        assertThat(forkChoice.applied(four.id(), false)).contains(good.id());
        tree.setHead(good);
        assertThat(forkChoice.applied(good.id(), true)).isEmpty();
        assertThat(three.totalWeight()).isEqualTo(good.totalWeight());
    }

    @Test
    void goesBackToTheLastGoodBlockOfARejectedBranch() {
        BlockNode good = tree.child(tree.genesis(), "good");
        BlockNode bad = tree.child(good, "bad");
        BlockNode onBad = tree.child(bad, "on bad");
        assertThat(forkChoice.arrived(onBad.id())).contains(onBad.id());
        assertThat(forkChoice.applied(onBad.id(), false)).contains(bad.id());
        assertThat(forkChoice.applied(bad.id(), false)).contains(good.id());
        tree.setHead(good);
        assertThat(forkChoice.applied(good.id(), true)).isEmpty();
    }

    @Test
    void neverAdoptsARejectedBlockAgain() {
        BlockNode bad = tree.child(tree.genesis(), "bad");
        forkChoice.arrived(bad.id());
        assertThat(forkChoice.applied(bad.id(), false)).isEmpty();
        assertThat(forkChoice.arrived(bad.id())).isEmpty();

        BlockNode onBad = tree.child(bad, "on bad");
        assertThat(forkChoice.arrived(onBad.id())).contains(onBad.id());
        assertThat(forkChoice.applied(onBad.id(), false)).isEmpty();
    }

    @Test
    void passesOverCandidatesThatTheTreeHasDropped() {
        BlockNode under = tree.child(tree.genesis(), "under way");
        BlockNode dropped = branch(tree.genesis(), "dropped", 3);
        BlockNode incomplete = branch(tree.genesis(), "incomplete", 3);
        forkChoice.arrived(under.id());
        forkChoice.arrived(dropped.id());
        forkChoice.arrived(incomplete.id());
        tree.remove(dropped);
        tree.setIncomplete(incomplete);
        assertThat(forkChoice.applied(under.id(), false)).isEmpty();
    }

    @Test
    void keepsTheHeaviestCandidatesWhenTooManyArriveDuringOneAdoption() {
        BlockNode under = tree.child(tree.genesis(), "under way");
        forkChoice.arrived(under.id());
        BlockNode best = branch(tree.genesis(), "best", 4);
        forkChoice.arrived(best.id());
        for (int i = 0; i < 2 * ForkChoice.MAX_CANDIDATES; i++) {
            forkChoice.arrived(branch(tree.genesis(), "light " + i, 2).id());
        }
        tree.setHead(under);
        assertThat(forkChoice.applied(under.id(), true)).contains(best.id());
    }

    @Test
    void stopsOnAReportThatFitsNoAdoption() {
        assertThatThrownBy(() -> forkChoice.applied(Sha256.hash(), true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> forkChoice.arrived(Sha256.hash())).isInstanceOf(IllegalStateException.class);
    }

    private void adopt(BlockNode node) {
        assertThat(forkChoice.arrived(node.id())).contains(node.id());
        tree.setHead(node);
        assertThat(forkChoice.applied(node.id(), true)).isEmpty();
    }

    private BlockNode branch(BlockNode from, String name, int length) {
        BlockNode last = from;
        for (int i = 1; i <= length; i++) {
            last = tree.child(last, name + i);
        }
        return last;
    }
}
