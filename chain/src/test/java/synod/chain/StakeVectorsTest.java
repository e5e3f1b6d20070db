package synod.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.codec.Decoder;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.LeaderThreshold;
import synod.chain.stake.NonceState;
import synod.chain.stake.Ratio;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeSnapshot;
import synod.chain.transaction.Transaction;
import synod.crypto.VrfProof;

/** What docs/protocol.md shows about stake is what this program makes and reads. */
class StakeVectorsTest {
    private static final Vectors VECTORS = Vectors.load("stake.properties");

    @Test
    void encodesAsTheVectorsSay() {
        Map<String, String> made = new TreeMap<>();
        put(made, "alice.vrfKey", StakeSamples.ALICE_VRF.publicKey().bytes());
        put(made, "bob.vrfKey", StakeSamples.BOB_VRF.publicKey().bytes());
        put(made, "bond", StakeSamples.BOND.encode());
        put(made, "bond.id", StakeSamples.BOND.id().bytes());
        put(made, "unbond", StakeSamples.UNBOND.encode());
        put(made, "unbond.id", StakeSamples.UNBOND.id().bytes());
        put(made, "twoBlocks", StakeSamples.TWO_BLOCKS.encode());
        put(made, "twoBlocks.id", StakeSamples.TWO_BLOCKS.id().bytes());
        put(made, "twoVotes", StakeSamples.TWO_VOTES.encode());
        put(made, "twoVotes.id", StakeSamples.TWO_VOTES.id().bytes());
        put(made, "claim.signedBytes", StakeSamples.CLAIM.signedBytes(StakeSamples.CHAIN));
        put(made, "vote.signedBytes", StakeSamples.VOTE.signedBytes(StakeSamples.CHAIN));
        put(made, "record", StakeSamples.RECORD.encode());
        put(made, "snapshot", StakeSamples.SNAPSHOT.encode());
        put(made, "snapshot.root", StakeSamples.SNAPSHOT.validators().root().bytes());
        put(made, "stateRoot", StakeSamples.ALLOCATION.stateRoot().bytes());
        put(made, "nonce", StakeSamples.GENESIS.epoch().nonce().bytes());
        put(made, "alpha", LeaderProof.alpha(StakeSamples.GENESIS.epoch().nonce(), 7));
        put(made, "engineField", StakeSamples.PROOF.encode().bytes());
        NonceState after = NonceState.initial(StakeSamples.GENESIS.epoch().nonce())
                .after(StakeSamples.PROOF.output(), 7, StakeSamples.RULES.clock());
        put(made, "nonce.evolved", after.evolving().bytes());
        put(made, "nonce.next", after.epochNonce(1, false).bytes());
        made.put("threshold.alice", threshold(1, 20, 60, 100));
        made.put("threshold.bob", threshold(1, 20, 40, 100));
        made.put("threshold.all", threshold(1, 20, 1, 1));
        made.put("threshold.third", threshold(1, 2, 1, 3));
        made.put("threshold.least", threshold(1, 20, 1, Long.MAX_VALUE));
        assertThat(made).isEqualTo(VECTORS.all());
    }

    private static String threshold(int numerator, int denominator, long stake, long total) {
        BigInteger threshold =
                new LeaderThreshold(new Ratio(numerator, denominator)).of(new Amount(stake), new Amount(total));
        return "%032x".formatted(threshold);
    }

    @Test
    void decodesTheVectors() throws RejectedException {
        for (String name : new String[] {"bond", "unbond", "twoBlocks", "twoVotes"}) {
            Transaction transaction = Transaction.decode(new Decoder(VECTORS.bytes(name)));
            assertThat(transaction.isSignedFor(StakeSamples.CHAIN)).isTrue();
            assertThat(transaction.id().toString()).isEqualTo(VECTORS.text(name + ".id"));
        }
        assertThat(StakeRecord.decode(VECTORS.bytes("record"))).isEqualTo(StakeSamples.RECORD);
        assertThat(StakeSnapshot.decode(new Decoder(VECTORS.bytes("snapshot")))).isEqualTo(StakeSamples.SNAPSHOT);
    }

    @Test
    void theProofInTheEngineFieldHolds() throws RejectedException {
        LeaderProof proof = LeaderProof.decode(synod.chain.codec.ByteString.of(VECTORS.bytes("engineField")));
        assertThat(VrfProof.of(proof.proof().bytes()).output(proof.vrfKey(), VECTORS.bytes("alpha")))
                .hasValueSatisfying(
                        output -> assertThat(output).isEqualTo(proof.output().bytes()));
    }

    @Test
    void areThoseOfTheProtocolDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/protocol.md")).replaceAll("\\s", "");
        assertThat(VECTORS.all().values())
                .allSatisfy(value -> assertThat(document).contains(value));
    }

    private static void put(Map<String, String> values, String name, byte[] bytes) {
        values.put(name, HexFormat.of().formatHex(bytes));
    }
}
