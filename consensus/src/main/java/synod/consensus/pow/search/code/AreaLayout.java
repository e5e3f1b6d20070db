package synod.consensus.pow.search.code;

import java.util.List;

/**
 * Where a kernel puts what the generated code reads. An area is made of slots of one word for each lane.
 *
 * @param words length of an area
 * @param nonce the slot of the nonces, in the byte order of SHA-256
 * @param mask the slot of the mask of a candidate's last word
 * @param uniforms how many words {@link GroupCode#prepare} needs
 * @param constants values that never change, and the slots that take them
 * @param perHeader which of the uniforms go into which slots, for all versions of a header
 * @param perVersion which of the uniforms go into which slots, for each version; the slots follow each other
 */
public record AreaLayout(
        int words,
        int nonce,
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
