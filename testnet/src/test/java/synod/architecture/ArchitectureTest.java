package synod.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom, and what deterministic code may not do. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("synod");
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages("synod.architecture.fixture");

    private static final String[] SOCKETS = {"io.netty..", "java.net..", "javax.net.."};
    private static final String[] DETERMINISTIC = {
        "synod.chain..",
        "synod.consensus..",
        "synod.node.replica..",
        "synod.node.gossip..",
        "synod.node.sync..",
        "synod.node.wire..",
        "synod.node.journal.."
    };

    static Stream<ArchRule> layers() {
        return Stream.of(
                Rules.layer("synod.crypto..", new String[] {}, SOCKETS),
                Rules.layer("synod.chain..", new String[] {"synod.crypto.."}, SOCKETS),
                Rules.layer(
                        "synod.consensus..",
                        new String[] {"synod.chain..", "synod.crypto.."},
                        "io.netty..",
                        "java.net..",
                        "java.io..",
                        "java.nio.file..",
                        "tools.jackson.."),
                Rules.layer(
                        "synod.genesis..",
                        new String[] {"synod.chain..", "synod.consensus..", "synod.crypto.."},
                        SOCKETS),
                Rules.layer("synod.p2p..", new String[] {"synod.crypto.."}),
                Rules.layer("synod.node..", new String[] {
                    "synod.chain..", "synod.consensus..", "synod.crypto..", "synod.genesis..", "synod.p2p.."
                }),
                Rules.layer(
                        "synod.sim..",
                        new String[] {
                            "synod.chain..",
                            "synod.consensus..",
                            "synod.crypto..",
                            "synod.genesis..",
                            "synod.node..",
                            "synod.p2p.."
                        },
                        "io.netty..",
                        "org.iq80.leveldb..",
                        "synod.chain.store.leveldb.."),
                Rules.layer("synod.wallet..", new String[] {"synod.chain..", "synod.crypto.."}, "io.netty.."),
                // LevelDB behind its port, in one package
                com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
                        .that()
                        .resideOutsideOfPackage("synod.chain.store.leveldb..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.iq80.leveldb.."),
                // the heart knows nothing of the edges around it
                com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
                        .that()
                        .resideInAnyPackage(
                                "synod.node.replica..",
                                "synod.node.gossip..",
                                "synod.node.sync..",
                                "synod.node.wire..",
                                "synod.node.journal..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "synod.node.runtime..",
                                "synod.node.rpc..",
                                "synod.node.config..",
                                "synod.node.disk..",
                                "synod.node.metrics.."));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void importsOnlyWhatItMay(ArchRule rule) {
        rule.check(CLASSES);
    }

    static Stream<ArchRule> determinism() {
        return Rules.deterministic(DETERMINISTIC, "synod.consensus.pow.search..", "synod.chain.store.leveldb..")
                .stream();
    }

    @ParameterizedTest
    @MethodSource("determinism")
    void deterministicCodeDependsOnItsInputsOnly(ArchRule rule) {
        rule.check(CLASSES);
    }

    static Stream<ArchRule> firing() {
        return Stream.concat(
                Rules.deterministic(new String[] {"synod.architecture.fixture.."}).stream()
                        // that a set leaks is the same rule as that a map does
                        .filter(rule -> !rule.getDescription().contains("return type HashSet")),
                Stream.of(Rules.layer("synod.architecture.fixture..", new String[] {"synod.crypto.."})));
    }

    @ParameterizedTest
    @MethodSource("firing")
    void everyRuleFires(ArchRule rule) {
        assertThat(rule.evaluate(OFFENDERS).getFailureReport().getDetails())
                .as(rule.getDescription())
                .isNotEmpty();
    }

    @Test
    void allModulesAreSeen() {
        for (String part : List.of("crypto", "chain", "consensus", "genesis", "p2p", "node.replica", "sim", "wallet")) {
            assertThat(CLASSES.stream().filter(type -> type.getPackageName().startsWith("synod." + part)))
                    .as(part)
                    .isNotEmpty();
        }
    }
}
