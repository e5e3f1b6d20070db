package synod.node.byzantine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** The strategies of lying under PBFT, by name. */
public final class Strategies {
    private static final Map<String, BiFunction<LyingMember, RandomGenerator, Adversary>> BY_NAME =
            new TreeMap<>(Map.ofEntries(
                    Map.entry("silent", (_, _) -> lie((_, _) -> List.of())),
                    Map.entry(
                            "selective",
                            (self, _) -> lie((to, said) -> self.isFirstHalf(to) ? List.of(said) : List.of())),
                    Map.entry("equivocate", (self, _) -> lie(new Equivocation(self))),
                    Map.entry("double-vote", (self, _) -> lie(new DoubleVote(self))),
                    Map.entry("withhold", (self, _) -> new Withholding(self)),
                    Map.entry("old-views", (_, random) -> lie(new OldViews(random))),
                    Map.entry("bad-signature", (_, _) -> lie(ForgedVotes.badSignature())),
                    Map.entry("other-signer", (self, _) -> lie(ForgedVotes.otherSigner(self))),
                    Map.entry("other-chain", (self, _) -> lie(ForgedVotes.otherChain(self))),
                    Map.entry("forged-seal", (self, random) -> new ForgedSeals(self, random)),
                    Map.entry("self-prepare", (self, _) -> lie(new SelfPrepare(self))),
                    Map.entry("disobey", (self, _) -> lie(new Disobedience(self))),
                    Map.entry("forged-proof", (self, _) -> lie(new ForgedProof(self))),
                    Map.entry("omit-proof", (self, _) -> lie(new OmittedProof(self))),
                    Map.entry("wrong-new-view", (self, random) -> lie(new WrongNewView(self, random))),
                    Map.entry("future-spam", (self, random) -> lie(new FutureSpam(self, random))),
                    Map.entry("invalid-block", (self, _) -> lie(new InvalidBlock(self))),
                    Map.entry("mutate", (self, random) -> lie(new SmallMutations(self, random)))));

    private Strategies() {}

    private static Adversary lie(Lie lie) {
        return lie.asAdversary();
    }

    /** All names, in order. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * The strategy of this name, for one member.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Adversary named(String name, LyingMember self, RandomGenerator random) {
        BiFunction<LyingMember, RandomGenerator, Adversary> strategy = BY_NAME.get(name);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy is called '" + name + "'; there are " + names());
        }
        return strategy.apply(self, random);
    }
}
