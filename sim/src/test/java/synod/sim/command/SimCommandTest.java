package synod.sim.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int type(String... arguments) {
        return new CommandLine(new SimCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void tellsWhatHeldAsOneJsonObject() {
        assertThat(type("--engine", "pow", "--seed", "3", "--seeds", "2", "--events", "100", "--json"))
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        assertThat(report.path("engine").stringValue()).isEqualTo("pow");
        assertThat(report.path("firstSeed").intValue()).isEqualTo(3);
        assertThat(report.path("seeds").intValue()).isEqualTo(2);
        assertThat(report.path("events").longValue()).isGreaterThanOrEqualTo(200);
        assertThat(report.path("failures").isEmpty()).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void endsWithOneAndTellsTheSeedTheCommandAndASmallerOneWhenSomethingDoesNotHold() {
        int code = type("--engine=pbft", "--nodes=4", "--liars=2", "--strategy=twin", "--seeds=40", "--threads=1");
        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED seed")
                .containsPattern("\\./synod sim --engine pbft --seed \\d+ --events 2000 --nodes 4 --liars 2"
                        + " --strategy twin --trace")
                .contains("the first one, made smaller:");
    }

    @Test
    void theTraceIsAStoryThatAPersonCanFollow(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("story.txt");
        type("--engine", "pbft", "--seed", "5", "--events", "300", "--trace", file.toString());
        String story = Files.readString(file);
        assertThat(story.lines().findFirst()).contains("# ./synod sim --engine pbft --seed 5 --events 300");
        assertThat(story)
                .containsPattern("n1 +starts")
                .contains("PRE-PREPARE height 1 view 0")
                .contains("all faults end")
                .endsWith("# everything held\n");
    }

    @Test
    void refusesWhatItDoesNotKnowAndSaysWhatThereIs() {
        assertThat(type("--engine", "pbtf")).isEqualTo(2);
        assertThat(type("--engine", "pbft", "--strategy", "shy")).isEqualTo(2);
        assertThat(type("--engine", "pbft", "--without", "rain")).isEqualTo(2);
        assertThat(type("--engine", "pbft", "--nodes", "99999")).isEqualTo(2);
        assertThat(type("--engine", "pbft", "--trace", "/no/such/directory/story.txt"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--engine: 'pbtf' is none of [pbft, pos, pow]")
                .contains("--strategy: 'shy' is none of", "twin")
                .contains("--without: 'rain' is none of", "disk-loss");
    }
}
