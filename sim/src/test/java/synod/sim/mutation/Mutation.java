package synod.sim.mutation;

import java.util.Set;

/**
 * A change of one source file that breaks something.
 *
 * @param name what is broken
 * @param file the source file, from the project's root
 * @param find what is replaced; it must occur exactly once
 * @param replace what stands in its place
 * @param engine the engine that is simulated
 * @param strategy how one member lies in each seed; empty: the seed draws whether and how members lie
 * @param checkers who may notice; one of them must be the first to
 * @param maxSeeds after so many seeds without a violation it counts as unnoticed
 */
record Mutation(
        String name,
        String file,
        String find,
        String replace,
        String engine,
        String strategy,
        Set<String> checkers,
        int maxSeeds) {
    /** The same among members of which one lies in this way. */
    Mutation with(String liar) {
        return new Mutation(name, file, find, replace, engine, liar, checkers, maxSeeds);
    }

    @Override
    public String toString() {
        return name;
    }
}
