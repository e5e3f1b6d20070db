package synod.sim.world;

/** Something that must hold does not. */
public final class Violation extends RuntimeException {
    private final String checker;

    /** What was violated, by the name of who found it, and how. */
    public Violation(String checker, String detail) {
        super(detail);
        this.checker = checker;
    }

    /** The same, found in the shape of an exception. */
    public Violation(String checker, String detail, Throwable cause) {
        super(detail, cause);
        this.checker = checker;
    }

    /** Who found it. */
    public String checker() {
        return checker;
    }
}
