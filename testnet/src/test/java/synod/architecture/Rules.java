package synod.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What code that must be deterministic may not do.
 *
 * <p>Limits: the order of a hash table is seen only where its iteration is called on a {@code HashMap} or
 * {@code HashSet} itself or where a method returns one; through a variable declared as {@code Map} or {@code Set} it is
 * not seen, nor where a library iterates. For {@code Map.of}, {@code Set.of} and {@code Collectors.toSet} making one is
 * forbidden, as it has no other use that a linked one has not. The simulator, in which the same seed must give the same
 * run, looks for what gets through.
 */
final class Rules {
    private static final List<String> ITERATION = List.of(
            "entrySet",
            "keySet",
            "values",
            "iterator",
            "forEach",
            "stream",
            "removeIf",
            "replaceAll",
            "spliterator",
            "toArray");

    private Rules() {}

    /** The rules for the classes in these packages, except those in others. */
    static List<ArchRule> deterministic(String[] packages, String... except) {
        DescribedPredicate<JavaClass> within = resideInAnyPackage(packages);
        if (except.length > 0) {
            within = within.and(DescribedPredicate.not(resideInAnyPackage(except)));
        }
        List<ArchRule> rules = new ArrayList<>();
        rules.add(no(within)
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(DescribedPredicate.describe("concurrency", Rules::isConcurrency))));
        rules.add(no(within).should().callMethod(System.class, "nanoTime"));
        rules.add(no(within).should().callMethod(System.class, "currentTimeMillis"));
        rules.add(no(within)
                .should()
                .callMethodWhere(
                        target(owner(resideInAnyPackage("java.time.."))).and(target(nameMatching("now|system.*")))));
        rules.add(no(within).should().callMethod(UUID.class, "randomUUID"));
        rules.add(no(within).should().callMethod(Math.class, "random"));
        rules.add(no(within).should().callConstructor(Random.class));
        for (Class<?> table : List.of(HashMap.class, HashSet.class)) {
            rules.add(no(within)
                    .should()
                    .callMethodWhere(
                            target(owner(isExactly(table))).and(target(nameMatching(String.join("|", ITERATION))))));
            rules.add(noMethods()
                    .that()
                    .areDeclaredInClassesThat(within)
                    .and()
                    .doNotHaveModifier(JavaModifier.PRIVATE)
                    .should()
                    .haveRawReturnType(isExactly(table))
                    .allowEmptyShould(true));
        }
        for (Class<?> type : List.of(Map.class, Set.class)) {
            rules.add(no(within)
                    .should()
                    .callMethodWhere(target(owner(isExactly(type)))
                            .and(target(nameMatching("of|ofEntries|copyOf")))
                            .and(DescribedPredicate.describe(
                                    "with elements",
                                    call -> !call.getTarget()
                                            .getRawParameterTypes()
                                            .isEmpty()))));
        }
        return rules;
    }

    /** A future is not: it is how the ports of the heart answer other threads. */
    private static boolean isConcurrency(JavaClass type) {
        return type.getPackageName().startsWith("java.util.concurrent")
                && !type.isEquivalentTo(CompletableFuture.class);
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction no(
            DescribedPredicate<JavaClass> within) {
        return noClasses().that(within);
    }

    private static DescribedPredicate<JavaClass> isExactly(Class<?> type) {
        return DescribedPredicate.describe(type.getSimpleName(), candidate -> candidate.isEquivalentTo(type));
    }

    /** Classes in this package depend on nothing of ours but what is in these, and not on what is in the others. */
    static ArchRule layer(String module, String[] mayImport, String... foreign) {
        List<String> allowed = new ArrayList<>(List.of(mayImport));
        allowed.add(module);
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(resideInAnyPackage("synod..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed.toArray(String[]::new))))
                        .or(resideInAnyPackage(foreign)))
                .as(module + " imports only " + allowed + ", and nothing of " + List.of(foreign));
    }
}
