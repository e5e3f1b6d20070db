package synod.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.state.Account;
import synod.chain.state.StateProof;
import synod.chain.transaction.MemberRecord;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.TransactionVectors;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;

/** The encodings that docs/protocol.md shows are those that this program makes and reads. */
class GoldenVectorsTest {
    private static final Vectors VECTORS = Vectors.load("protocol.properties");

    @Test
    void encodesAsTheVectorsSay() {
        Map<String, String> made = new TreeMap<>();
        put(made, "alice.seed", Samples.ALICE.seed());
        put(made, "alice.publicKey", Samples.ALICE.publicKey().bytes());
        put(
                made,
                "alice.address",
                Address.of(Samples.ALICE.publicKey()).digest().bytes());
        made.put("alice.addressText", Address.of(Samples.ALICE.publicKey()).format("dev"));
        put(made, "bob.seed", Samples.BOB.seed());
        put(made, "bob.address", Address.of(Samples.BOB.publicKey()).digest().bytes());
        put(made, "genesis.outer", Samples.GENESIS.outerBytes());
        put(made, "genesis.core", Samples.GENESIS.core().encode());
        put(made, "genesis.id", Samples.GENESIS.id().bytes());
        put(made, "transfer.signedBytes", TransactionVectors.signedBytes(Samples.TRANSFER, Samples.GENESIS.id()));
        put(made, "transfer", Samples.TRANSFER.encode());
        put(made, "transfer.id", Samples.TRANSFER.id().bytes());
        put(made, "anchor", Samples.ANCHOR.encode());
        put(made, "anchor.id", Samples.ANCHOR.id().bytes());
        put(made, "carol.seed", Samples.CAROL.seed());
        put(made, "carol.publicKey", Samples.CAROL.publicKey().bytes());
        put(made, "bob.publicKey", Samples.BOB.publicKey().bytes());
        put(made, "vote", Samples.VOTE.encode());
        put(made, "vote.id", Samples.VOTE.id().bytes());
        put(made, "member", new MemberRecord(1, Optional.of((MemberVote) Samples.VOTE.payload())).encode());
        Encoder members = new Encoder(82);
        Samples.MEMBERS.encode(members);
        put(made, "members", members.toBytes());
        put(made, "members.root", Samples.MEMBERS.root().bytes());
        put(made, "members.stateRoot", Samples.MEMBERS_ALLOCATION.stateRoot().bytes());
        put(made, "block.outer", Samples.BLOCK.header().outerBytes());
        put(made, "block.core", Samples.BLOCK.header().core().encode());
        put(
                made,
                "block.transactionsRoot",
                Samples.BLOCK.header().core().transactionsRoot().bytes());
        put(made, "block.commitment", Samples.BLOCK.header().core().commitment().bytes());
        put(made, "block.id", Samples.BLOCK.id().bytes());
        put(made, "block", Samples.BLOCK.encode());
        put(made, "receipt", Samples.RECEIPTS.getFirst().encode());
        put(made, "presence", presence().encode());
        put(made, "absence", absence().encode());
        assertThat(made).isEqualTo(VECTORS.all());
    }

    @Test
    void decodesTheVectors() throws RejectedException {
        Block block = Block.decode(new Decoder(VECTORS.bytes("block")));
        assertThat(block.encode()).isEqualTo(VECTORS.bytes("block"));
        assertThat(block.id().toString()).isEqualTo(VECTORS.text("block.id"));
        assertThat(block.header().core()).isEqualTo(Samples.BLOCK.header().core());
        assertThat(block.transactions())
                .allSatisfy(each ->
                        assertThat(each.isSignedFor(Samples.GENESIS.id())).isTrue());
        Transaction anchor = Transaction.decode(new Decoder(VECTORS.bytes("anchor")));
        assertThat(anchor.payload()).isEqualTo(Samples.ANCHOR.payload());
        MemberRecord member = MemberRecord.decode(VECTORS.bytes("member"));
        assertThat(member.vote()).contains((MemberVote) Samples.VOTE.payload());
        assertThat(ValidatorSet.decode(new Decoder(VECTORS.bytes("members")))).isEqualTo(Samples.MEMBERS);
    }

    @Test
    void provesWhatIsAndIsNotInTheState() throws RejectedException {
        Hash root = Samples.BLOCK.header().core().stateRoot();
        StateProof presence = StateProof.decode(new Decoder(VECTORS.bytes("presence")));
        assertThat(presence.holdsFor(root)).isTrue();
        assertThat(presence.value()).contains(ByteString.of(new Account(new Amount(9_499_996_460L), 2).encode()));
        StateProof absence = StateProof.decode(new Decoder(VECTORS.bytes("absence")));
        assertThat(absence.holdsFor(root)).isTrue();
        assertThat(absence.value()).isEmpty();
    }

    private static StateProof presence() {
        return Samples.LEDGER.prove(StateKey.account(Address.of(Samples.ALICE.publicKey())));
    }

    private static StateProof absence() {
        return Samples.LEDGER.prove(StateKey.account(Address.NONE));
    }

    @Test
    void areThoseOfTheProtocolDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/protocol.md")).replaceAll("\\s", "");
        assertThat(VECTORS.all().values())
                .allSatisfy(value -> assertThat(document).contains(value));
    }

    @Test
    void everyReasonStandsInTheProtocolDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/protocol.md"));
        assertThat(Reason.values()).allSatisfy(reason -> assertThat(document).contains("| `" + reason.code() + "` |"));
    }

    private static void put(Map<String, String> values, String name, byte[] bytes) {
        values.put(name, HexFormat.of().formatHex(bytes));
    }
}
