package synod.sim.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mutation is noticed by a checker that should; a few in every build, all with {@code -Dmutations=all}, those of one
 * engine or with certain words in their names with {@code -Dmutations=WORDS}.
 */
class MutationTableTest {
    static Stream<Mutation> mutations() {
        String wanted = System.getProperty("mutations", "quick");
        return switch (wanted) {
            case "quick" -> MutationTable.quick().stream();
            case "all" -> MutationTable.all().stream();
            default ->
                MutationTable.all().stream()
                        .filter(mutation -> mutation.engine().equals(wanted)
                                || mutation.name().contains(wanted));
        };
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void isNoticed(Mutation mutation, @TempDir Path classes) {
        try (Mutant mutant = Mutant.of(mutation, classes)) {
            LongFunction<String> probe = mutant.probe(mutation);
            String noticed = "";
            long seed = 0;
            while (noticed.isEmpty() && seed < mutation.maxSeeds()) {
                noticed = probe.apply(++seed);
            }
            System.out.println(
                    "| " + mutation + " | " + (noticed.isEmpty() ? "nobody" : noticed) + " | " + seed + " |");
            assertThat(noticed).as("%s after %d seeds", mutation, seed).isNotEmpty();
            assertThat(mutation.checkers()).contains(noticed.substring(0, noticed.indexOf(':')));
        }
    }
}
