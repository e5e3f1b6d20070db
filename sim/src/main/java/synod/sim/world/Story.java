package synod.sim.world;

import java.util.function.Supplier;

/** What happens, told for people: one line for each event. */
@FunctionalInterface
public interface Story {
    /** Nobody listens. */
    Story NONE = (nowMillis, who, what) -> {};

    /** Something happened at a time to somebody. The words are found only if somebody listens. */
    void tell(long nowMillis, String who, Supplier<String> what);
}
