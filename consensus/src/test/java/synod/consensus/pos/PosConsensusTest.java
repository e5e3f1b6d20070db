package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.stake.CheckpointVote;
import synod.chain.tree.BlockNode;
import synod.crypto.Address;
import synod.crypto.Hash;

class PosConsensusTest {
    private static final long NOW = StakeChain.timeOf(100);

    private final StakeChain chain = new StakeChain(1, 1, 1, 1);
    private final BlockNode one = chain.add(chain.root(), 2, 0);
    private final BlockNode two = chain.add(one, 4, 1);
    private final BlockNode three = chain.add(two, 7, 2);
    private final CheckpointVote link = chain.link(0, chain.root(), 1, two);

    private Optional<Reason> judged(SealedBlock block) {
        return chain.consensus
                .checkHeader(block.block().header(), block.seal(), chain, NOW)
                .or(() -> chain.consensus.verifySeal(block.block().header(), block.seal()))
                .map(Rejection::reason);
    }

    private SealedBlock carrying(BlockNode parent, long slot, JustificationCertificate certificate) {
        return chain.block(parent, slot, 0, Optional.of(certificate));
    }

    private static SealedBlock with(SealedBlock block, HeaderCore core) {
        BlockHeader header = block.block().header();
        return new SealedBlock(
                new Block(
                        new BlockHeader(header.version(), header.parent(), core, header.bits(), header.nonce()),
                        block.block().transactions()),
                block.seal());
    }

    @Test
    void acceptsABlockOfALaterSlot() {
        assertThat(judged(chain.block(three, 8, 0, Optional.empty()))).isEmpty();
        assertThat(judged(chain.block(three, 60, 3, Optional.empty()))).isEmpty();
    }

    @Test
    void refusesABlockOfTheSameSlotAndOneOfTheFuture() {
        assertThat(judged(chain.block(three, 7, 0, Optional.empty()))).contains(Reason.TIME_TOO_EARLY);
        assertThat(judged(chain.block(three, 103, 0, Optional.empty()))).contains(Reason.TIME_TOO_LATE);
        assertThat(judged(chain.block(three, 102, 0, Optional.empty()))).isEmpty();
    }

    @Test
    void refusesAnotherChainOrHeight() {
        SealedBlock good = chain.block(three, 8, 0, Optional.empty());
        HeaderCore core = good.block().header().core();
        assertThat(judged(with(good, core(core, chain.genesis.id(), core.height() + 1, core.proposer()))))
                .contains(Reason.BAD_HEIGHT);
        assertThat(judged(with(good, core(core, Hash.ZERO, core.height(), core.proposer()))))
                .contains(Reason.WRONG_CHAIN);
    }

    @Test
    void refusesASealOfAnotherThanTheProposer() {
        SealedBlock good = chain.block(three, 8, 0, Optional.empty());
        HeaderCore core = good.block().header().core();
        Address other = Address.of(chain.signers.get(1).publicKey());
        assertThat(judged(with(good, core(core, core.chainId(), core.height(), other))))
                .contains(Reason.BAD_SEAL);
        Block block = good.block();
        SlotSeal forged = new SlotSeal(
                chain.signers.get(0).publicKey(),
                chain.seal(block, 8, 1, Optional.empty()).signature(),
                Optional.empty());
        assertThat(judged(new SealedBlock(block, forged.encode()))).contains(Reason.BAD_SEAL);
        assertThat(judged(new SealedBlock(block, ByteString.EMPTY))).contains(Reason.BAD_SEAL);
    }

    @Test
    void refusesTheDrawOfAnotherSlot() {
        SealedBlock good = chain.block(three, 8, 0, Optional.empty());
        HeaderCore core = good.block().header().core();
        HeaderCore later = new HeaderCore(
                core.chainId(),
                core.height(),
                0,
                StakeChain.timeOf(9),
                core.proposer(),
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                core.validatorsRoot(),
                core.engineField());
        Block moved = with(good, later).block();
        assertThat(judged(new SealedBlock(
                        moved, chain.seal(moved, 9, 0, Optional.empty()).encode())))
                .contains(Reason.BAD_ENGINE_FIELD);
    }

    @Test
    void acceptsACertificateForTheCheckpointOfItsBranch() {
        assertThat(judged(carrying(three, 8, chain.certificate(link, 0, 1, 2)))).isEmpty();
    }

    @Test
    void refusesACertificateThatTheHeaderDoesNotCommitTo() {
        SealedBlock plain = chain.block(three, 8, 0, Optional.empty());
        JustificationCertificate certificate = chain.certificate(link, 0, 1, 2);
        ByteString added =
                chain.seal(plain.block(), 8, 0, Optional.of(certificate)).encode();
        assertThat(judged(new SealedBlock(plain.block(), added))).contains(Reason.BAD_SEAL);
        SealedBlock carrying = carrying(three, 8, certificate);
        ByteString taken = chain.seal(carrying.block(), 8, 0, Optional.empty()).encode();
        assertThat(judged(new SealedBlock(carrying.block(), taken))).contains(Reason.BAD_SEAL);
    }

    @Test
    void refusesACertificateOfTooLittleStake() {
        assertThat(judged(carrying(three, 8, chain.certificate(link, 0, 1)))).contains(Reason.BAD_SEAL);
    }

    @Test
    void refusesACertificateForABlockThatIsNotTheEpochsCheckpoint() {
        assertThat(judged(carrying(three, 8, chain.certificate(chain.link(0, chain.root(), 1, one), 0, 1, 2))))
                .contains(Reason.BAD_SEAL);
        BlockNode elsewhere = chain.add(one, 5, 3);
        assertThat(judged(carrying(three, 8, chain.certificate(chain.link(0, chain.root(), 1, elsewhere), 0, 1, 2))))
                .contains(Reason.BAD_SEAL);
        assertThat(judged(carrying(three, 8, chain.certificate(chain.link(0, chain.root(), 9, three), 0, 1, 2))))
                .as("an epoch to come")
                .contains(Reason.BAD_SEAL);
    }

    @Test
    void refusesACertificateOfOtherValidatorsThanTheTargetNames() {
        StakeChain others = new StakeChain(1, 1, 2, 1);
        JustificationCertificate theirs = JustificationCertificate.of(
                link,
                others.validators(),
                java.util.stream.IntStream.range(0, 4)
                        .mapToObj(voter -> chain.ballot(voter, link))
                        .toList());
        assertThat(judged(carrying(three, 8, theirs))).contains(Reason.BAD_SEAL);
    }

    @Test
    void refusesACertificateThatAnAncestorCarries() {
        BlockNode four = chain.add(carrying(three, 8, chain.certificate(link, 0, 1, 2)));
        assertThat(judged(carrying(four, 9, chain.certificate(link, 1, 2, 3)))).contains(Reason.BAD_SEAL);
    }

    private static HeaderCore core(HeaderCore core, Hash chainId, long height, Address proposer) {
        return new HeaderCore(
                chainId,
                height,
                0,
                core.timeMillis(),
                proposer,
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                core.validatorsRoot(),
                core.engineField());
    }
}
