package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.consensus.Ballot;
import synod.consensus.Vote;
import synod.consensus.quorum.CommitCertificate;
import synod.crypto.Address;
import synod.crypto.Hash;

class PbftConsensusTest {
    private static final long FAR_FUTURE = 1_000_000_000;

    private final TestChain chain = new TestChain(4);
    private final TestChain.Tree tree = chain.tree();
    private final Block x = chain.block(chain.genesis, "x");

    private Optional<Reason> check(SealedBlock block) {
        return chain.consensus
                .checkHeader(block.block().header(), block.seal(), tree, TestChain.T0)
                .map(Rejection::reason);
    }

    private Optional<Reason> check(BlockHeader header) {
        return check(chain.seal(0, new Block(header, List.of()), 0, 1, 2));
    }

    private Optional<Reason> propose(Block block) {
        return chain.consensus
                .checkProposal(block.header(), chain.open(chain.genesis, 0), TestChain.T0)
                .map(Rejection::reason);
    }

    @Test
    void aDecidedBlockFollowsItsParent() {
        SealedBlock sealed = chain.seal(0, x, 0, 1, 2);
        assertThat(chain.consensus.verifySeal(x.header(), sealed.seal())).isEmpty();
        assertThat(check(sealed)).isEmpty();
        assertThat(chain.consensus.weight(x.header())).isEqualTo(BigInteger.ONE);
    }

    @Test
    void aSealIsRefusedThatIsNoneOrNotAQuorumsOrOfAnotherChain() {
        assertThat(chain.consensus.verifySeal(x.header(), ByteString.EMPTY)).isPresent();
        assertThat(chain.consensus.verifySeal(x.header(), chain.seal(0, x, 0, 1).seal()))
                .isPresent();
        TestChain other = new TestChain(7);
        SealedBlock elsewhere = other.seal(0, other.block(other.genesis, "x"), 0, 1, 2, 3, 4);
        assertThat(chain.consensus.verifySeal(elsewhere.block().header(), elsewhere.seal()))
                .map(Rejection::reason)
                .contains(Reason.WRONG_CHAIN);
    }

    @Test
    void aSealOfOtherMembersThanTheParentNamesIsRefused() {
        TestChain others = new TestChain(7);
        Ballot ballot = chain.commit(0, 0, x).vote().ballot();
        List<Vote> votes = others.signers.stream()
                .map(signer -> new Vote(ballot, signer.publicKey(), signer.sign(ballot.signedBytes())))
                .toList();
        ByteString seal = CommitCertificate.of(0, others.members, votes).encode();
        // its signatures are good, as far as can be told without the parent
        assertThat(chain.consensus.verifySeal(x.header(), seal)).isEmpty();
        assertThat(check(new SealedBlock(x, seal))).contains(Reason.BAD_SEAL);
    }

    @Test
    void anotherBlockForADecidedHeightIsRefused() {
        SealedBlock sealed = chain.seal(0, x, 0, 1, 2);
        tree.add(sealed);
        tree.adopt(x.id());
        assertThat(check(chain.seal(1, chain.block(chain.genesis, "y"), 0, 1, 2)))
                .contains(Reason.BAD_SEAL);
    }

    @Test
    void theFormOfAHeaderIsFixed() {
        HeaderCore core = x.header().core();
        Hash parent = chain.genesis.id();
        assertThat(check(new BlockHeader(BlockHeader.VERSION + 1, parent, core, 0, 0)))
                .contains(Reason.BAD_VERSION);
        assertThat(check(new BlockHeader(BlockHeader.VERSION, parent, core, 1, 0)))
                .contains(Reason.BAD_BITS);
        assertThat(check(new BlockHeader(BlockHeader.VERSION, parent, core, 0, 1)))
                .contains(Reason.BAD_BITS);
        assertThat(check(new BlockHeader(BlockHeader.VERSION, parent, core.withExtraNonce(1), 0, 0)))
                .contains(Reason.BAD_BITS);
        assertThat(check(new BlockHeader(BlockHeader.VERSION, x.id(), core, 0, 0)))
                .contains(Reason.UNKNOWN_PARENT);
        Block high = chain.block(x, "high");
        assertThat(check(new BlockHeader(
                        BlockHeader.VERSION, parent, high.header().core(), 0, 0)))
                .contains(Reason.BAD_HEIGHT);
        TestChain other = new TestChain(7);
        HeaderCore elsewhere = other.block(other.genesis, "x").header().core();
        assertThat(check(new BlockHeader(BlockHeader.VERSION, parent, elsewhere, 0, 0)))
                .contains(Reason.WRONG_CHAIN);
    }

    @Test
    void timeGoesOn() {
        assertThat(check(chain.seal(0, chain.block(chain.genesis, TestChain.T0, Address.NONE, "x"), 0, 1, 2)))
                .contains(Reason.TIME_TOO_EARLY);
    }

    @Test
    void theClockJudgesProposalsButNotWhatIsDecided() {
        long driftMillis = TestChain.PARAMETERS.futureDriftMillis();
        assertThat(propose(chain.block(chain.genesis, TestChain.T0 + driftMillis, Address.NONE, "x")))
                .isEmpty();
        Block tooLate = chain.block(chain.genesis, TestChain.T0 + driftMillis + 1, Address.NONE, "x");
        assertThat(propose(tooLate)).contains(Reason.TIME_TOO_LATE);
        assertThat(check(chain.seal(0, tooLate, 0, 1, 2))).isEmpty();
        assertThat(propose(chain.block(chain.genesis, TestChain.T0 + FAR_FUTURE, Address.NONE, "x")))
                .contains(Reason.TIME_TOO_LATE);
    }

    @Test
    void aProposalFollowsTheHead() {
        assertThat(propose(chain.block(x, "y"))).contains(Reason.UNKNOWN_PARENT);
    }
}
