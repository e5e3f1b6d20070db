package synod.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.chain.BlockHeader;
import synod.chain.state.Ledger;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.consensus.SignatureVerifier;
import synod.consensus.VrfVerifier;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pbft.PbftParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** Networks whose blocks members decide. */
class PbftGenesisTest {
    private static final List<PublicKey> KEYS = IntStream.range(0, 4)
            .mapToObj(i ->
                    SigningKey.of(Sha256.hash(new byte[] {(byte) i}).bytes()).publicKey())
            .toList();
    private static final Genesis DEV = Preset.DEV.pbft(1_700_000_000_123L, KEYS);
    private static final String FILE = GenesisFile.write(DEV);
    private static final PbftParameters PARAMETERS = new PbftParameters(1_000, 8_000, 10_000, 10_000);

    private static Genesis parse(String text) {
        return GenesisFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(parse(FILE)).isEqualTo(DEV);
        assertThat(GenesisFile.write(parse(FILE))).isEqualTo(FILE);
        Genesis slow = Preset.SLOW.pbft(1_700_000_000_123L, KEYS);
        assertThat(parse(GenesisFile.write(slow))).isEqualTo(slow);
    }

    @Test
    void block0NamesTheMembersAndTheLedgerOpensIt() {
        ValidatorSet members = ValidatorSet.ofEqual(KEYS);
        assertThat(DEV.block0().header().core().validatorsRoot()).isEqualTo(members.root());
        assertThat(DEV.block0().header().bits()).isZero();
        Ledger ledger = Ledger.open(new MemoryKeyValueStore(), DEV.rules(), DEV.allocation(), DEV.block0());
        assertThat(ledger.validators()).isEqualTo(members);
    }

    @Test
    void membersHaveCoinsToVoteWith() {
        assertThat(KEYS)
                .allSatisfy(key -> assertThat(DEV.balances()).containsEntry(Address.of(key), Preset.OPERATOR_COINS));
    }

    @Test
    void otherMembersMakeAnotherChainButTheirOrderDoesNot() {
        assertThat(Preset.DEV.pbft(1_700_000_000_123L, KEYS.subList(0, 3)).digest())
                .isNotEqualTo(DEV.digest());
        Genesis reversed = new Genesis(
                DEV.name(),
                DEV.addressPrefix(),
                true,
                DEV.timeMillis(),
                new EngineParameters.Pbft(PARAMETERS, ValidatorSet.ofEqual(KEYS.reversed())),
                DEV.rules(),
                DEV.allocations());
        assertThat(reversed.block0().id()).isEqualTo(DEV.block0().id());
    }

    @Test
    void makesTheConsensusThatItDescribes() {
        assertThat(DEV.engine().engine()).isEqualTo("pbft");
        assertThat(DEV.engine().consensus(DEV.block0().id(), SignatureVerifier.ED25519, VrfVerifier.RFC_9381))
                .isInstanceOfSatisfying(
                        PbftConsensus.class,
                        pbft -> assertThat(pbft.parameters()).isEqualTo(PARAMETERS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"baseTimeoutMillis\" : 1000| \"baseTimeoutMillis\" : 9| $.engine: baseTimeoutMillis must be 10 to",
                "\"maxTimeoutMillis\" : 8000| \"maxTimeoutMillis\" : 999| $.engine: maxTimeoutMillis must be 1000 to",
                "\"heartbeatMillis\" : 10000,| `` | $.engine.heartbeatMillis: this field is missing",
                "\"members\" : [| \"members\" : [ \"xy\", | $.engine.members[0]: a public key of 64 lower-case",
                "\"members\" : [| \"members\" : [ 5, | $.engine.members[0]: a string is expected, not 5",
                "\"baseTimeoutMillis\"| \"powLimitBits\"| $.engine.powLimitBits: unknown field"
            })
    void saysWhereAndWhatIsWrong(String original, String replacement, String message) {
        assertThat(FILE).contains(original);
        String changed = FILE.replace(original, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> parse(changed))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAMemberTwiceAndAKeyThatCannotSign() {
        String first = "\"" + KEYS.getFirst() + "\"";
        assertThatThrownBy(() -> parse(FILE.replace("\"members\" : [", "\"members\" : [ " + first + ",")))
                .hasMessageStartingWith("$.engine.members: a validator twice");
        String noPoint = "\"02" + "00".repeat(31) + "\"";
        assertThatThrownBy(() -> parse(FILE.replace("\"members\" : [", "\"members\" : [ " + noPoint + ",")))
                .hasMessageStartingWith("$.engine.members[0]: not an Ed25519 point");
    }

    @Test
    void refusesNoMembersAndUnequalOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineParameters.Pbft(PARAMETERS, ValidatorSet.EMPTY));
        ValidatorSet unequal = ValidatorSet.of(List.of(new Validator(KEYS.getFirst(), 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineParameters.Pbft(PARAMETERS, unequal));
    }

    @Test
    void refusesPublicDevelopmentKeysAsMembersOfAnyOtherNetwork() {
        PublicKey alice = DevelopmentKeys.key("alice").publicKey();
        EngineParameters engine = new EngineParameters.Pbft(PARAMETERS, ValidatorSet.ofEqual(List.of(alice)));
        assertThatThrownBy(() -> new Genesis("net", "net", false, 0, engine, DEV.rules(), List.of()))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$.engine.members: " + alice + " is the key of 'alice'");
    }

    /** The engine section of docs/running-a-network.md is valid, and docs/protocol.md has its bytes. */
    @Test
    void theExampleComesToTheBytesOfTheProtocolDocument() throws IOException {
        String guide = Files.readString(Path.of("../docs/running-a-network.md"));
        String file = between(guide, "```json", "```");
        String section = between(guide.substring(guide.indexOf("\"name\": \"pbft\"") - 40), "{", "}");
        int engine = file.indexOf("\"engine\": {") + "\"engine\": {".length();
        Genesis example = parse(file.substring(0, engine) + section + file.substring(file.indexOf('}', engine)));
        BlockHeader header = example.block0().header();
        String protocol = Files.readString(Path.of("../docs/protocol.md")).replaceAll("\\s", "");
        assertThat(protocol)
                .contains(HexFormat.of().formatHex(example.encode()))
                .contains(header.core().validatorsRoot().toString())
                .contains(header.id().toString());
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
