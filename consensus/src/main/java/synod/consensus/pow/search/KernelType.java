package synod.consensus.pow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import synod.consensus.pow.search.code.GroupProgram;

/**
 * A kind of kernel.
 *
 * @param make makes one for a thread
 * @param operationsPerHash how many additions, rotations, shifts and functions of three words its code spends on a hash, a
 *     vector's counted once; 0 if it is not known
 */
public record KernelType(String name, Supplier<NonceKernel> make, double operationsPerHash) {
    /** Versions of a header that the rolling kernel tries with each nonce: more gain hardly anything. */
    public static final int ROLLED_VERSIONS = 16;

    /** On the JDK's SHA-256; always there. */
    public static final KernelType DIGEST = new KernelType(DigestKernel.NAME, DigestKernel::new, 0);

    /** Makes the kind on plain integers. */
    public static KernelType scalar() {
        GroupProgram program = GroupProgram.scalar();
        return generated("scalar", program, 1);
    }

    /** Makes all kinds that this JVM can run: without the vector module two of them are missing. */
    public static List<KernelType> available() {
        List<KernelType> types = new ArrayList<>(List.of(DIGEST, scalar()));
        GroupProgram.vector(GroupProgram.PIECE_WORDS).ifPresent(program -> types.addAll(vectorTypes(program)));
        return List.copyOf(types);
    }

    /** The two kinds on one vector program. */
    static List<KernelType> vectorTypes(GroupProgram program) {
        return List.of(generated("vector", program, 1), generated("rolling", program, ROLLED_VERSIONS));
    }

    private static KernelType generated(String name, GroupProgram program, int versions) {
        return new KernelType(
                name, () -> new GroupKernel(name, program, versions), program.operationsPerHash(versions));
    }
}
