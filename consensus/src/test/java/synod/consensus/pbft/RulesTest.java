package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Vote;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Address;

/** The small rule classes, each by itself. */
class RulesTest {
    private final TestChain chain = new TestChain(4);
    private final Block x = chain.block(chain.genesis, "x");
    private final OpenHeight open = chain.open(chain.genesis, 0);

    @Test
    void thePrimaryIsTheMemberWithTheViewsNumberModuloN() {
        for (long view = 0; view < 9; view++) {
            assertThat(open.primary(view)).isEqualTo(chain.members.key((int) (view % 4)));
        }
    }

    @Test
    void aHeightOpensForThoseOnlyWhomTheParentNames() {
        assertThatThrownBy(() -> new OpenHeight(open.chainId(), open.parent(), new TestChain(5).members, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new OpenHeight(open.chainId(), open.parent(), ValidatorSet.EMPTY, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPreparedCertificateNeedsThePrimaryAndAQuorumWithIt() {
        assertThat(chain.prepared(0, x, 1, 2).isQuorumOf(open)).isTrue();
        assertThat(chain.prepared(0, x, 1, 2, 3).isQuorumOf(open)).isTrue();
        assertThat(chain.prepared(0, x, 1).isQuorumOf(open)).isFalse();
        assertThat(chain.prepared(0, x, 0, 1).isQuorumOf(open)).isFalse();
        assertThat(chain.prepared(0, x, 1, 1).isQuorumOf(open)).isFalse();
        PreparedCertificate ofAnotherPrimary = new PreparedCertificate(
                chain.vote(Ballot.Kind.PRE_PREPARE, 1, 0, x),
                chain.prepared(0, x, 2, 3).prepares());
        assertThat(ofAnotherPrimary.isQuorumOf(open)).isFalse();
    }

    @Test
    void aViewChangeShowsNothingFromTheNewViewOnAndNothingOfAnotherHeight() {
        Block high = chain.block(x, "high");
        assertThat(chain.viewChange(1, chain.genesis, 2, Optional.of(chain.prepared(1, x, 2, 3)))
                        .isValidAt(open))
                .isTrue();
        assertThat(chain.viewChange(1, chain.genesis, 1, Optional.of(chain.prepared(1, x, 2, 3)))
                        .isValidAt(open))
                .isFalse();
        assertThat(chain.viewChange(1, chain.genesis, 1, Optional.of(chain.prepared(0, high, 1, 2)))
                        .isValidAt(open))
                .isFalse();
        assertThat(chain.viewChange(1, chain.genesis, 0).isValidAt(open)).isFalse();
        assertThat(chain.viewChange(1, x, 1).isValidAt(open)).isFalse();
    }

    @Test
    void viewChangesCountOncePerMemberForTheHighestViewItWants() {
        ViewChangeTally tally = new ViewChangeTally(open);
        tally.add(chain.viewChange(1, chain.genesis, 3));
        tally.add(chain.viewChange(1, chain.genesis, 2));
        assertThat(tally.of(2)).isEmpty();
        assertThat(tally.of(3)).hasSize(1);
        assertThat(tally.toJoin(0)).isEmpty();
        tally.add(chain.viewChange(2, chain.genesis, 1));
        assertThat(tally.toJoin(0)).contains(1L);
        assertThat(tally.toJoin(1)).isEmpty();
        tally.add(chain.viewChange(2, chain.genesis, 3));
        assertThat(tally.isQuorum(3)).isFalse();
        tally.add(chain.viewChange(3, chain.genesis, 3));
        assertThat(tally.isQuorum(3)).isTrue();
    }

    @Test
    void timeOutsDoubleToACapAndNeverOverflow() {
        Timeouts timeouts = new Timeouts(TestChain.PARAMETERS);
        assertThat(timeouts.viewMillis(0)).isEqualTo(1_000);
        assertThat(timeouts.viewMillis(2)).isEqualTo(4_000);
        assertThat(timeouts.viewMillis(3)).isEqualTo(8_000);
        assertThat(timeouts.viewMillis(Long.MAX_VALUE)).isEqualTo(8_000);
        assertThat(timeouts.resendMillis(0)).isEqualTo(500);
        assertThat(timeouts.idleMillis()).isEqualTo(11_000);
    }

    @Test
    void theBufferKeepsOneOfAKindPerMemberAndHeightBetweenTheWaterMarks() {
        MessageBuffer buffer = new MessageBuffer();
        Block block = x;
        for (int height = 1; height <= 2 * MessageBuffer.WINDOW; height++) {
            for (int member = 0; member < 4; member++) {
                for (int view = 0; view < 3; view++) {
                    buffer.add(chain.prepare(member, view, block), open, 0);
                    buffer.add(chain.commit(member, view, block), open, 0);
                    buffer.add(chain.viewChange(member, block, view + 1), open, 0);
                    buffer.add(chain.prePrepare(view, block), open, 0);
                }
            }
            block = chain.block(block, "next");
        }
        // prepares, commits and view changes of four members, and the proposal of one primary, for each height
        assertThat(buffer.size()).isEqualTo(MessageBuffer.WINDOW * (3 * 4 + 1));
        assertThat(buffer.take(3)).hasSize(13).first().isInstanceOf(PrePrepare.class);
        assertThat(buffer.take(3)).isEmpty();
        assertThat(buffer.size()).isEqualTo((MessageBuffer.WINDOW - 2) * 13);
    }

    @Test
    void theBufferKeepsNothingOfStrangers() {
        MessageBuffer buffer = new MessageBuffer();
        Block next = chain.block(x, "next");
        Vote stranger = new Vote(
                chain.commit(0, 0, next).vote().ballot(),
                HashSigner.named("stranger").publicKey(),
                chain.commit(0, 0, next).vote().signature());
        buffer.add(new Commit(stranger), open, 0);
        buffer.add(new BlockReply(next), open, 0);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void aMemberThatLostItsDiskMayVoteWhereItCannotHaveVotedBefore() {
        Probation probation = new Probation(TestChain.T0 + 10);
        Block before = chain.block(chain.genesis, TestChain.T0 + 10, Address.NONE, "before");
        Block after = chain.block(chain.genesis, TestChain.T0 + 11, Address.NONE, "after");
        assertThat(probation.allows(open, Optional.empty())).isTrue();
        assertThat(probation.allows(chain.open(before, 0), Optional.empty())).isFalse();
        assertThat(probation.allows(chain.open(before, 0), Optional.of(before.height())))
                .isTrue();
        assertThat(probation.allows(chain.open(after, 0), Optional.empty())).isTrue();
        TestChain two = new TestChain(2);
        assertThat(probation.allows(two.open(two.block(two.genesis, "before"), 0), Optional.empty()))
                .isTrue();
    }

    @Test
    void probationOutlivesARestart() {
        Probation probation = new Probation(7);
        TreeMap<ByteString, ByteString> disk = new TreeMap<>();
        assertThat(Probation.read(disk)).isEmpty();
        disk.put(probation.entry().key(), probation.entry().value());
        assertThat(Probation.read(disk)).contains(probation);
    }

    @Test
    void whatIsKeptOfAPreparedBlockIsOfTheOpenHeightOnly() {
        TreeMap<ByteString, ByteString> disk = new TreeMap<>();
        PreparedCertificate certificate = chain.prepared(0, x, 1, 2);
        disk.put(
                PreparedBlock.entry(certificate).key(),
                PreparedBlock.entry(certificate).value());
        disk.put(PreparedBlock.entry(x).key(), PreparedBlock.entry(x).value());
        assertThat(PreparedBlock.certificate(disk, chain.genesis.id(), 1)).contains(certificate);
        assertThat(PreparedBlock.body(disk, 1)).contains(x);
        assertThat(PreparedBlock.certificate(disk, chain.genesis.id(), 2)).isEmpty();
        assertThat(PreparedBlock.body(disk, 2)).isEmpty();
    }

    @Test
    void parametersOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new PbftParameters(9, 8_000, 10_000, 5_000)).hasMessageContaining("baseTimeoutMillis");
        assertThatThrownBy(() -> new PbftParameters(1_000, 999, 10_000, 5_000))
                .hasMessageContaining("maxTimeoutMillis");
        assertThatThrownBy(() -> new PbftParameters(1_000, 8_000, 0, 5_000)).hasMessageContaining("heartbeatMillis");
        assertThatThrownBy(() -> new PbftParameters(1_000, 8_000, 10_000, 0)).hasMessageContaining("futureDriftMillis");
    }
}
