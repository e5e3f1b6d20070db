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
 * @param checkers who may notice; one of them must be the first to
 * @param maxSeeds after so many seeds without a violation it counts as unnoticed
 */
record Mutation(
        String name, String file, String find, String replace, String engine, Set<String> checkers, int maxSeeds) {
    @Override
    public String toString() {
        return name;
    }
}
