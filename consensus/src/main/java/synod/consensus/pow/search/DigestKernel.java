package synod.consensus.pow.search;

import java.util.Optional;

/** The kernel on the JDK's own SHA-256: the oracle of the others, and what a search begins with. */
public final class DigestKernel implements NonceKernel {
    /** The kernel's name. */
    public static final String NAME = "digest";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int versions() {
        return 1;
    }

    @Override
    public Optional<Solution> search(byte[] header, byte[] target, int first, int count) {
        DoubleHash hash = new DoubleHash(header);
        for (int i = 0; i < count; i++) {
            if (hash.isAtMost(target, first + i)) {
                return Optional.of(new Solution(RolledVersions.version(header, 0), first + i));
            }
        }
        return Optional.empty();
    }
}
