package synod.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Sha256;

class GenesisFileTest {
    private static final Genesis DEV = Preset.DEV.genesis(1_700_000_000_123L, List.of());
    private static final String FILE = GenesisFile.write(DEV);

    @ParameterizedTest
    @CsvSource({"DEV", "SLOW"})
    void readsBackWhatItWrites(Preset preset) {
        Genesis genesis = preset.genesis(1_700_000_000_123L, List.of(new Address(Sha256.hash(new byte[] {1}))));
        String written = GenesisFile.write(genesis);
        assertThat(parse(written)).isEqualTo(genesis);
        assertThat(GenesisFile.write(parse(written))).isEqualTo(written);
    }

    @Test
    void writesAFileForPeople() {
        assertThat(FILE)
                .startsWith("{\n")
                .endsWith("}\n")
                .contains("\"name\" : \"synod-dev\"", "\"initialBits\" : \"0x1f00ffff\"", "\"reward\" : \"50\"")
                .contains("\"name\" : \"alice\"", "\"amount\" : \"1000000\"");
    }

    @Test
    void loadsAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("genesis.json");
        Files.writeString(file, FILE);
        assertThat(GenesisFile.load(file)).isEqualTo(DEV);
    }

    /** What is replaced, by what, and the beginning of what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\" : 1| \"format\" : 2| $.format: this program reads format 1, the file has format 2",
                "\"format\" : 1,| | $.format: this field is missing",
                "\"format\" : 1,| \"format\" : 1, \"extra\" : 2,| $.extra: unknown field; allowed are format, name",
                "\"format\" : 1,| \"format\" : 1, \"format\" : 1,| $: not the JSON of a genesis file, line 2",
                "\"development\" : true| \"development\" : 1| $.development: true or false is expected, not 1",
                "\"development\" : true| \"development\" : false| $.allocations[0].address: this is the key of 'alice'",
                "\"synod-dev\"| null| $.name: a string is expected, not null",
                "\"synod-dev\"| \"Synod Dev\"| $.name: 'Synod Dev' is not",
                "1700000000123| 1700000000123.5| $.timeMillis: a whole number from 0 to 4294967295999 is expected",
                "1700000000123| 4294967296000| $.timeMillis: 4294967296000 is not 0 to 4294967295999",
                "1700000000123| 99999999999999999999999| $.timeMillis: 99999999999999999999999 is not 0 to",
                "1700000000123| -1| $.timeMillis: -1 is not 0 to 4294967295999",
                "\"name\" : \"pow\"| \"name\" : \"pox\"| $.engine.name: unknown engine 'pox'; this program has pow, pbft, pos",
                "\"halfLifeMillis\" : 60000| \"halfLifeMillis\" : 999| $.engine: halfLifeMillis must be 1000 to",
                "\"medianTimeBlocks\" : 11| \"medianTimeBlocks\" : 10| $.engine: medianTimeBlocks must be odd, not 10",
                "\"initialBits\" : \"0x1f00ffff\"| \"initialBits\" : \"0x2000ffff\"| $.engine: initialBits 0x2000ffff is an easier",
                "\"initialBits\" : \"0x1f00ffff\"| \"initialBits\" : \"0x1f0000ff\"| $.engine.initialBits: 0x1f0000ff is not the canonical form",
                "\"initialBits\" : \"0x1f00ffff\"| \"initialBits\" : 520159231| $.engine.initialBits: a string is expected, not 520159231",
                "\"halfLifeMillis\" : 60000| \"halflife\" : 60000| $.engine.halflife: unknown field; allowed are name",
                "\"maxBlockBytes\" : 1048576| \"maxBlockBytes\" : 8388609| $.rules: maxBlockBytes must be 8192 to 8388608, not 8388609",
                "\"reward\" : \"50\"| \"reward\" : 50| $.rules.reward: a string is expected, not 50",
                "\"reward\" : \"50\"| \"reward\" : \"5x\"| $.rules.reward: '5x' is not an amount such as 5 or 0.25",
                "\"name\" : \"bob\"| \"name\" : \"alice\"| $.allocations[1].name: the name 'alice' stands here twice",
                "\"name\" : \"bob\"| \"nick\" : \"bob\"| $.allocations[1].nick: unknown field; allowed are address, amount, name"
            })
    void saysWhereAndWhatIsWrong(String original, String replacement, String message) {
        assertThat(FILE).contains(original);
        String changed = replaceFirst(original, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> parse(changed))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAddressesOfOtherNetworks() {
        String address = DevelopmentKeys.address("alice").format("dev");
        String foreign = DevelopmentKeys.address("alice").format("slow");
        assertThatThrownBy(() -> parse(replaceFirst(address, foreign)))
                .hasMessage("$.allocations[0].address: this is an address of network 'slow', not of 'dev'");
        String damaged = address.substring(0, 10) + (address.charAt(10) == 'q' ? 'p' : 'q') + address.substring(11);
        assertThatThrownBy(() -> parse(replaceFirst(address, damaged)))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$.allocations[0].address: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "[]", "\"x\"", "{", "[[[[[[[[[[[[", "{} {}", "7", "null"})
    void refusesWhatIsNoGenesisFileAtAll(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageStartingWith("$");
    }

    @Test
    void refusesAnythingAfterTheDocument() {
        assertThatThrownBy(() -> parse(FILE + "{}")).isInstanceOf(InvalidGenesisException.class);
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThatThrownBy(() -> GenesisFile.parse(new byte[GenesisFile.MAX_BYTES + 1]))
                .hasMessage("$: more than 16777216 bytes");
    }

    @Test
    void answersEveryDamageWithARefusalOrAGenesis() {
        Random random = new Random(11);
        byte[] original = FILE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = original.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                assertThat(GenesisFile.parse(damaged)).isNotNull();
            } catch (InvalidGenesisException e) {
                assertThat(e.path()).startsWith("$");
            }
        }
    }

    private static String replaceFirst(String original, String replacement) {
        int at = FILE.indexOf(original);
        return FILE.substring(0, at) + replacement + FILE.substring(at + original.length());
    }

    private static Genesis parse(String text) {
        return GenesisFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
