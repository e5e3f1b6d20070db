package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.tree.BlockNode;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.consensus.quorum.CommitCertificate;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** The seals and messages that docs/protocol.md shows are those that this program makes, reads, and takes for good. */
class GoldenVectorsTest {
    private static final Map<String, String> VECTORS = load();

    private final List<Signer> signers = IntStream.rangeClosed(1, 4)
            .mapToObj(seed -> {
                byte[] bytes = new byte[SigningKey.LENGTH];
                Arrays.fill(bytes, (byte) seed);
                return Signer.of(SigningKey.of(bytes));
            })
            .toList();
    private final ValidatorSet members =
            ValidatorSet.ofEqual(signers.stream().map(Signer::publicKey).toList());
    private final Block genesis = block(Hash.ZERO, Hash.ZERO, 0, 1_767_225_600_000L);
    private final Block block = block(genesis.id(), genesis.id(), 1, 1_767_225_600_250L);
    private final OpenHeight open = new OpenHeight(
            genesis.id(), new BlockNode(genesis.header(), ByteString.EMPTY, BigInteger.ZERO), members, 0);

    private static Map<String, String> load() {
        Properties properties = new Properties();
        try (InputStream in = GoldenVectorsTest.class.getResourceAsStream("/vectors/pbft.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> vectors = new TreeMap<>();
        properties.forEach((name, digits) -> vectors.put((String) name, (String) digits));
        return vectors;
    }

    private static byte[] vector(String name) {
        return HexFormat.of().parseHex(VECTORS.get(name));
    }

    private Block block(Hash chainId, Hash parent, long height, long timeMillis) {
        HeaderCore core = new HeaderCore(
                chainId,
                height,
                0,
                timeMillis,
                Address.NONE,
                Block.transactionsRoot(List.of()),
                Sha256.hash(),
                Sha256.hash(),
                members.root(),
                ByteString.EMPTY);
        return new Block(new BlockHeader(BlockHeader.VERSION, parent, core, 0, 0), List.of());
    }

    private Signer signer(int member) {
        return signers.stream()
                .filter(one -> one.publicKey().equals(members.key(member)))
                .findFirst()
                .orElseThrow();
    }

    private Vote vote(Ballot.Kind kind, int member, long view) {
        Ballot ballot = new Ballot(kind, genesis.id(), 1, view, block.id());
        return new Vote(ballot, members.key(member), signer(member).sign(ballot.signedBytes()));
    }

    private Map<String, byte[]> messages() {
        PreparedCertificate prepared = new PreparedCertificate(
                vote(Ballot.Kind.PRE_PREPARE, 0, 0),
                List.of(vote(Ballot.Kind.PREPARE, 1, 0), vote(Ballot.Kind.PREPARE, 3, 0)));
        List<ViewChange> changes = List.of(
                ViewChange.sign(signer(1), open, 1, Optional.of(prepared)),
                ViewChange.sign(signer(2), open, 1, Optional.empty()),
                ViewChange.sign(signer(3), open, 1, Optional.of(prepared)));
        Map<String, byte[]> made = new TreeMap<>();
        made.put("prePrepare", new PrePrepare(vote(Ballot.Kind.PRE_PREPARE, 0, 0), block).encode());
        made.put("prepare", new Prepare(vote(Ballot.Kind.PREPARE, 1, 0)).encode());
        made.put("commit", new Commit(vote(Ballot.Kind.COMMIT, 2, 0)).encode());
        made.put("viewChange", changes.get(0).encode());
        made.put("newView", NewView.sign(signer(1), open, 1, changes).encode());
        made.put(
                "blockRequest",
                BlockRequest.sign(signer(1), genesis.id(), 1, block.id()).encode());
        made.put("blockReply", new BlockReply(block).encode());
        made.put("status", Status.sign(signer(3), genesis.id(), 1).encode());
        return made;
    }

    @Test
    void encodesAsTheVectorsSay() {
        Map<String, byte[]> made = messages();
        made.put("chainId", genesis.id().bytes());
        made.put("block", block.encode());
        made.put("commit.signedBytes", vote(Ballot.Kind.COMMIT, 2, 0).ballot().signedBytes());
        List<Vote> commits = IntStream.of(0, 2, 3)
                .mapToObj(member -> vote(Ballot.Kind.COMMIT, member, 0))
                .toList();
        made.put("seal", CommitCertificate.of(0, members, commits).encode().bytes());
        Map<String, String> digits = new TreeMap<>();
        made.forEach((name, bytes) -> digits.put(name, HexFormat.of().formatHex(bytes)));
        assertThat(digits).isEqualTo(VECTORS);
    }

    @Test
    void readsTheVectorsAndTakesThemForGood() throws RejectedException {
        PbftConsensus consensus =
                new PbftConsensus(TestChain.PARAMETERS, Hash.of(vector("chainId")), SignatureVerifier.ED25519);
        for (String name : messages().keySet()) {
            assertThat(consensus.verifyMessage(vector(name)).value().encode()).isEqualTo(vector(name));
        }
        Block sealed = Block.decode(new Decoder(vector("block")));
        assertThat(consensus.verifySeal(sealed.header(), ByteString.of(vector("seal"))))
                .isEmpty();
        NewView newView = (NewView) PbftMessage.decode(vector("newView"), genesis.id());
        assertThat(newView.isValidAt(open)).isTrue();
        assertThat(newView.choice().map(PreparedCertificate::block)).contains(sealed.id());
    }

    @Test
    void theFirstAreThoseOfTheProtocolDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/protocol.md")).replaceAll("\\s", "");
        assertThat(List.of("chainId", "block", "commit.signedBytes", "commit", "seal"))
                .allSatisfy(name -> assertThat(document).contains(VECTORS.get(name)));
    }
}
