package synod.sim.fault;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;

/** A seed's randomness, in streams by name: what one of them is asked for does not change what another one gives. */
public record Streams(long seed) {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** The stream of this name, from its beginning. */
    public Random of(String name) {
        CRC32 digest = new CRC32();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        return new Random((seed + 1) * SPREAD ^ digest.getValue() << 20);
    }
}
