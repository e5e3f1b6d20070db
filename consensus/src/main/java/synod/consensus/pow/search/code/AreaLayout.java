package synod.consensus.pow.search.code;

import java.util.List;

/**
 * Where a kernel puts what the generated code reads: into an area what is the same for all versions of a header, and into an
 * array for each version what is not. They are made of slots of one word for each lane. Only the area is written to by the
 * code: the JIT takes what it knows not to have been stored since straight from memory.
 *
 * @param words length of an area
 * @param versionWords length of a version's array
 * @param laneOffsets the slot of the area with what each lane adds to the group's first nonce, in the byte order of SHA-256
 * @param mask the slot of the mask of a candidate's last word
 * @param uniforms how many words {@link GroupCode#prepare} needs
 * @param constants values that never change, and the slots that take them
 * @param perHeader which of the uniforms go into which slots of the area
 * @param perVersion which of the uniforms go into which slots of a version's array
 */
public record AreaLayout(
        int words,
        int versionWords,
        int laneOffsets,
        int mask,
        int uniforms,
        List<Entry> constants,
        List<Entry> perHeader,
        List<Entry> perVersion) {
    /**
     * A value to be put into all lanes of a slot.
     *
     * @param source of a constant the value, else the uniform's index
     */
    public record Entry(int source, int slot) {}

    /** Copies the lists. */
    public AreaLayout {
        constants = List.copyOf(constants);
        perHeader = List.copyOf(perHeader);
        perVersion = List.copyOf(perVersion);
    }
}
