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
import synod.chain.Amount;
import synod.chain.BlockHeader;
import synod.chain.LedgerRules;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.state.Ledger;
import synod.chain.store.MemoryKeyValueStore;
import synod.consensus.pos.PosParameters;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** Networks whose blocks stake decides. */
class PosGenesisTest {
    private static final long NOW = 1_700_000_000_123L;
    private static final List<NodeKeys> NODES = IntStream.range(0, 4)
            .mapToObj(i ->
                    NodeKeys.of(SigningKey.of(Sha256.hash(new byte[] {(byte) i}).bytes())))
            .toList();
    private static final Genesis DEV = Preset.DEV.genesis("pos", NOW, NODES);
    private static final EngineParameters.Pos ENGINE = (EngineParameters.Pos) DEV.engine();
    private static final String FILE = GenesisFile.write(DEV);

    private static Genesis parse(String text) {
        return GenesisFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(parse(FILE)).isEqualTo(DEV);
        assertThat(GenesisFile.write(parse(FILE))).isEqualTo(FILE);
        Genesis slow = Preset.SLOW.genesis("pos", NOW, NODES);
        assertThat(parse(GenesisFile.write(slow))).isEqualTo(slow);
    }

    @Test
    void theLedgerKnowsTheRulesAndTheStakeOfTheEnginesSection() {
        assertThat(DEV.rules().stake()).contains(ENGINE.parameters().stake());
        assertThat(ENGINE.parameters().stake().clock()).isEqualTo(new SlotClock(NOW, 500, 20));
        Ledger ledger = Ledger.open(new MemoryKeyValueStore(), DEV.rules(), DEV.allocation(), DEV.block0());
        StakeView stake = ledger.stake().orElseThrow();
        assertThat(stake.epoch().active()).isEqualTo(ENGINE.staked());
        assertThat(DEV.block0().header().core().validatorsRoot())
                .isEqualTo(ENGINE.staked().validators().root());
        assertThat(ledger.supply())
                .isEqualTo(new Amount(4 * Preset.STAKED_COINS.units()
                        + 4 * Preset.OPERATOR_COINS.units()
                        + DevelopmentKeys.names().size() * Preset.ACCOUNT_COINS.units()));
        ledger.audit().require();
    }

    @Test
    void inTheDevelopmentPresetStakeComesFreeAfterHalfAnHourOrLater() {
        assertThat(ENGINE.parameters().stake().unbondingMillis()).isGreaterThanOrEqualTo(1_800_000);
        assertThat(Preset.engines()).contains("pos");
    }

    @Test
    void otherStakeOrAnotherTimeMakesAnotherChain() {
        assertThat(Preset.DEV.genesis("pos", NOW, NODES.subList(0, 3)).digest()).isNotEqualTo(DEV.digest());
        Genesis later = Preset.DEV.genesis("pos", NOW + 1, NODES);
        assertThat(later.digest()).isNotEqualTo(DEV.digest());
        assertThat(later.allocation().stake().orElseThrow().epoch().nonce())
                .isNotEqualTo(DEV.allocation().stake().orElseThrow().epoch().nonce());
        assertThat(Preset.DEV.genesis("pos", NOW, NODES.reversed()).block0().id())
                .isEqualTo(DEV.block0().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"slotMillis\" : 500| \"slotMillis\" : 0| $.engine.slotMillis: 0 is not 1 to",
                "\"epochSlots\" : 20| \"epochSlots\" : 2| $.engine.epochSlots: 2 is not 3 to",
                "\"activeSlots\" : \"1/2\"| \"activeSlots\" : \"2/4\"| $.engine.activeSlots: 2/4 is written 1/2",
                "\"activeSlots\" : \"1/2\"| \"activeSlots\" : \"1/1\"| $.engine: activeSlots must be more than 0 and less",
                "\"activeSlots\" : \"1/2\"| \"activeSlots\" : 0.5| $.engine.activeSlots: a string is expected, not 0.5",
                "\"unbondingEpochs\" : 180| \"unbondingEpochs\" : 1| $.engine: unbondingEpochs must be 2 to",
                "\"reporterShare\" : \"1/10\"| \"reporterShare\" : \"2/3\"| $.engine: reporterShare must be at most",
                "\"minBond\" : \"100\"| \"minBond\" : \"10001\"| $.engine.validators: the validator",
                "\"slashing\" : \"1/10\",| `` | $.engine.slashing: this field is missing",
                "\"validators\" : [| \"validators\" : [ { \"key\" : \"xy\" }, | $.engine.validators[0].key: a public key",
                "\"vrfKey\"| \"vrf\"| $.engine.validators[0].vrf: unknown field",
                "\"slotMillis\"| \"powLimitBits\"| $.engine.powLimitBits: unknown field"
            })
    void saysWhereAndWhatIsWrong(String original, String replacement, String message) {
        assertThat(FILE).contains(original);
        String changed = FILE.replace(original, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> parse(changed))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesANetworkWithoutValidators() {
        assertThatIllegalArgumentException().isThrownBy(() -> Preset.DEV.genesis("pos", NOW, List.of()));
    }

    @Test
    void refusesRulesOfOtherStake() {
        PosParameters later = ((EngineParameters.Pos)
                        Preset.DEV.genesis("pos", NOW + 1, NODES).engine())
                .parameters();
        assertThatThrownBy(() -> with(new EngineParameters.Pos(later, ENGINE.staked()), DEV.rules()))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$.rules: the rules about stake");
        LedgerRules without = new LedgerRules(1 << 20, 1, Amount.ZERO, 0, 0);
        assertThatThrownBy(() -> with(new EngineParameters.Pos(later, ENGINE.staked()), without))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$.engine: the slots begin at");
        assertThat(with(ENGINE, without).rules().stake()).isPresent();
    }

    private static Genesis with(EngineParameters engine, LedgerRules rules) {
        return new Genesis("net", "net", true, NOW, engine, rules, List.of());
    }

    @Test
    void stakeCountsAmongTheCoinsThatMustFit() {
        StakeSnapshot all = StakeSnapshot.of(
                List.of(new Staker(NODES.getFirst().signing(), NODES.getFirst().vrf(), new Amount(Long.MAX_VALUE))));
        EngineParameters engine = new EngineParameters.Pos(ENGINE.parameters(), all);
        assertThatThrownBy(() -> new Genesis("net", "net", true, NOW, engine, DEV.rules(), DEV.allocations()))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$.engine.validators: allocations and stakes together");
    }

    @Test
    void refusesPublicDevelopmentKeysAsValidatorsOfAnyOtherNetwork() {
        NodeKeys alice = NodeKeys.of(DevelopmentKeys.key("alice"));
        EngineParameters engine = new EngineParameters.Pos(
                ENGINE.parameters(),
                StakeSnapshot.of(List.of(new Staker(alice.signing(), alice.vrf(), Preset.STAKED_COINS))));
        assertThatThrownBy(() -> new Genesis("net", "net", false, NOW, engine, DEV.rules(), List.of()))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$.engine.validators: " + alice.signing() + " is the key of 'alice'");
    }

    /** The engine section of docs/running-a-network.md is valid, and docs/protocol.md has its bytes. */
    @Test
    void theExampleComesToTheBytesOfTheProtocolDocument() throws IOException {
        String guide = Files.readString(Path.of("../docs/running-a-network.md"));
        String file = between(guide, "```json", "```");
        String section = between(guide.substring(guide.indexOf("\"name\": \"pos\"") - 40), "{", "```");
        int engine = file.indexOf("\"engine\": {") + "\"engine\": {".length();
        Genesis example = parse(file.substring(0, engine)
                + section.substring(0, section.lastIndexOf('}'))
                + file.substring(file.indexOf('}', engine)));
        BlockHeader header = example.block0().header();
        String protocol = Files.readString(Path.of("../docs/protocol.md")).replaceAll("\\s", "");
        assertThat(protocol)
                .contains(HexFormat.of().formatHex(example.encode()))
                .contains(header.core().validatorsRoot().toString())
                .contains(header.core().stateRoot().toString())
                .contains(header.id().toString());
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
