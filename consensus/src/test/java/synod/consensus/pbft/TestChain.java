package synod.consensus.pbft;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Vote;
import synod.consensus.quorum.CommitCertificate;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** A network for tests: its members by number, its genesis block, and everything that any of them might sign. */
final class TestChain {
    static final long T0 = 1_700_000_000_000L;
    static final PbftParameters PARAMETERS = new PbftParameters(1_000, 8_000, 10_000, 5_000);

    final List<HashSigner> signers;
    final ValidatorSet members;
    final Block genesis;
    final PbftConsensus consensus;

    TestChain(int size) {
        members = ValidatorSet.ofEqual(IntStream.range(0, size)
                .mapToObj(i -> HashSigner.named("member " + i).publicKey())
                .toList());
        signers = members.validators().stream()
                .map(validator -> new HashSigner(validator.key()))
                .toList();
        genesis = new Block(
                new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core(Hash.ZERO, 0, T0, Address.NONE, ""), 0, 0),
                List.of());
        consensus = new PbftConsensus(PARAMETERS, genesis.id(), HashSigner.VERIFIER);
    }

    private HeaderCore core(Hash chainId, long height, long timeMillis, Address proposer, String state) {
        return new HeaderCore(
                chainId,
                height,
                0,
                timeMillis,
                proposer,
                Block.transactionsRoot(List.of()),
                Sha256.hash(state.getBytes(StandardCharsets.UTF_8)),
                Sha256.hash(),
                members.root(),
                ByteString.EMPTY);
    }

    Tree tree() {
        return new Tree();
    }

    /** A block unlike every other with another name. */
    Block block(Block parent, String name) {
        return block(parent, parent.header().timeMillis() + 1, Address.NONE, name);
    }

    Block block(Block parent, long timeMillis, Address proposer, String name) {
        HeaderCore core = core(genesis.id(), parent.height() + 1, timeMillis, proposer, name);
        return new Block(new BlockHeader(BlockHeader.VERSION, parent.id(), core, 0, 0), List.of());
    }

    Vote vote(Ballot.Kind kind, int member, long view, Block block) {
        Ballot ballot = new Ballot(kind, genesis.id(), block.height(), view, block.id());
        HashSigner signer = signers.get(member);
        return new Vote(ballot, signer.publicKey(), signer.sign(ballot.signedBytes()));
    }

    /** The pre-prepare of the view's primary. */
    PrePrepare prePrepare(long view, Block block) {
        return new PrePrepare(vote(Ballot.Kind.PRE_PREPARE, primary(view), view, block), block);
    }

    Prepare prepare(int member, long view, Block block) {
        return new Prepare(vote(Ballot.Kind.PREPARE, member, view, block));
    }

    Commit commit(int member, long view, Block block) {
        return new Commit(vote(Ballot.Kind.COMMIT, member, view, block));
    }

    int primary(long view) {
        return (int) (view % members.size());
    }

    /** A certificate with the prepares of these members. */
    PreparedCertificate prepared(long view, Block block, int... backups) {
        return new PreparedCertificate(
                vote(Ballot.Kind.PRE_PREPARE, primary(view), view, block),
                IntStream.of(backups)
                        .mapToObj(member -> vote(Ballot.Kind.PREPARE, member, view, block))
                        .toList());
    }

    OpenHeight open(Block parent, long firstView) {
        return new OpenHeight(
                genesis.id(),
                new BlockNode(parent.header(), ByteString.EMPTY, BigInteger.valueOf(parent.height())),
                members,
                firstView);
    }

    ViewChange viewChange(int member, Block parent, long newView) {
        return viewChange(member, parent, newView, Optional.empty());
    }

    ViewChange viewChange(int member, Block parent, long newView, Optional<PreparedCertificate> prepared) {
        return ViewChange.sign(signers.get(member), open(parent, 0), newView, prepared);
    }

    NewView newView(Block parent, long view, ViewChange... viewChanges) {
        return NewView.sign(signers.get(primary(view)), open(parent, 0), view, List.of(viewChanges));
    }

    SealedBlock seal(long view, Block block, int... committers) {
        List<Vote> commits = IntStream.of(committers)
                .mapToObj(member -> vote(Ballot.Kind.COMMIT, member, view, block))
                .toList();
        return new SealedBlock(
                block, CommitCertificate.of(view, members, commits).encode());
    }

    /** One node's blocks: a chain, and what has arrived beyond its head. */
    final class Tree implements BlockTree {
        private final TreeMap<Hash, BlockNode> nodes = new TreeMap<>();
        private final TreeMap<Hash, SealedBlock> blocks = new TreeMap<>();
        private final List<Hash> branch = new ArrayList<>();

        Tree() {
            BlockNode node = new BlockNode(genesis.header(), ByteString.EMPTY, BigInteger.ONE);
            nodes.put(node.id(), node);
            branch.add(node.id());
        }

        void add(SealedBlock block) {
            BlockNode node = new BlockNode(
                    block.block().header(),
                    block.seal(),
                    BigInteger.valueOf(block.block().height()));
            nodes.putIfAbsent(node.id(), node);
            blocks.putIfAbsent(node.id(), block);
        }

        void adopt(Hash id) {
            BlockNode node = require(id);
            if (node.height() > branch.size()) {
                adopt(node.parent());
            }
            if (!branch.get((int) node.height() - 1).equals(node.parent())) {
                throw new IllegalStateException(node.header() + " does not follow the head");
            }
            branch.subList((int) node.height(), branch.size()).clear();
            branch.add(id);
        }

        SealedBlock block(long height) {
            return Objects.requireNonNull(blocks.get(branch.get((int) height)));
        }

        private BlockNode require(Hash id) {
            return Objects.requireNonNull(nodes.get(id));
        }

        @Override
        public Optional<BlockNode> node(Hash id) {
            return Optional.ofNullable(nodes.get(id));
        }

        @Override
        public BlockNode head() {
            return require(branch.getLast());
        }

        @Override
        public Optional<BlockNode> canonical(long height) {
            return height < branch.size() ? Optional.of(require(branch.get((int) height))) : Optional.empty();
        }

        @Override
        public boolean isComplete(Hash id) {
            return nodes.containsKey(id);
        }
    }
}
