package synod.consensus.pow.search.code;

import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Generated code with what its callers must know of it.
 *
 * @param lanes how many nonces are tried at once
 * @param sharedOperations operations of {@link GroupCode#expand}
 * @param versionOperations operations of {@link GroupCode#anyCandidate}
 */
public record GroupProgram(GroupCode code, AreaLayout layout, int lanes, int sharedOperations, int versionOperations) {
    /** How the names of all generated classes begin, as compiler directives write names. */
    public static final String CLASS_PREFIX = "synod/consensus/pow/search/code/GeneratedCode";

    /**
     * Words computed in one method of the generated code: between 240 and 360 is best. Many more are too much for the JIT,
     * and shorter methods cost what passes through memory between them.
     */
    public static final int PIECE_WORDS = 300;

    /** Each program is a class of its own. */
    private static final AtomicInteger GENERATED = new AtomicInteger();

    /**
     * Makes the program on vectors of the width that the processor prefers; nothing if the vector module is not there.
     *
     * @param pieceWords words computed in one method, usually {@link #PIECE_WORDS}
     */
    public static Optional<GroupProgram> vector(int pieceWords) {
        return ModuleLayer.boot()
                .findModule(VectorInstructions.MODULE)
                .map(module -> generate(new VectorInstructions(), vectorLanes(), pieceWords));
    }

    /** Makes the program on plain integers. */
    public static GroupProgram scalar() {
        return generate(new ScalarInstructions(), 1, PIECE_WORDS);
    }

    private static int vectorLanes() {
        try {
            Class<?> intVector = Class.forName(VectorInstructions.MODULE + ".IntVector");
            Object species = intVector.getField("SPECIES_PREFERRED").get(null);
            return (int) Class.forName(VectorInstructions.MODULE + ".VectorSpecies")
                    .getMethod("length")
                    .invoke(species);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector module is there and has no preferred species", e);
        }
    }

    private static GroupProgram generate(LaneInstructions instructions, int lanes, int pieceWords) {
        ClassDesc self = ClassDesc.ofInternalName(CLASS_PREFIX + GENERATED.incrementAndGet());
        Plan plan = new Plan(new DoubleHashGraph(), pieceWords, lanes);
        byte[] classFile = new GroupCodeGenerator(self, plan, instructions).classFile();
        try {
            GroupCode code = (GroupCode) MethodHandles.lookup()
                    .defineClass(classFile)
                    .getConstructor()
                    .newInstance();
            return new GroupProgram(
                    code, plan.layout(), lanes, operations(plan.shared()), operations(plan.versioned()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated class " + self.displayName() + " is defective", e);
        }
    }

    private static int operations(List<List<Word>> pieces) {
        return pieces.stream().mapToInt(List::size).sum();
    }

    /** How many operations are spent on a hash when each nonce is tried with so many versions. */
    public double operationsPerHash(int versions) {
        return ((double) sharedOperations / versions + versionOperations) / lanes;
    }
}
