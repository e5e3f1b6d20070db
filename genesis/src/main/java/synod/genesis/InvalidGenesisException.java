package synod.genesis;

/** A genesis file that says something it may not. The message begins with where. */
public final class InvalidGenesisException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * A refusal.
     *
     * @param path where in the file, as a JSON path: {@code $.allocations[2].amount}
     * @param problem what stands there and what is allowed
     */
    public InvalidGenesisException(String path, String problem) {
        super(path + ": " + problem);
        this.path = path;
    }

    /** Where in the file. */
    public String path() {
        return path;
    }
}
