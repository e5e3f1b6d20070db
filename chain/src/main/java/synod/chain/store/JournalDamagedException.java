package synod.chain.store;

/** A journal file does not hold the bytes that were made durable in it. Nothing is repaired or skipped. */
public final class JournalDamagedException extends DiskException {
    private final String file;
    private final long offset;

    JournalDamagedException(String file, long offset, String reason) {
        super(
                Kind.DAMAGED,
                "The journal file " + file + " is damaged at byte " + offset + ": " + reason
                        + ". Put back this file from a copy, or start with an empty data directory and let the node"
                        + " fetch the chain from its peers.");
        this.file = file;
        this.offset = offset;
    }

    /** The name of the damaged or missing file. */
    public String file() {
        return file;
    }

    /** Where in the file the first unusable byte was met. */
    public long offset() {
        return offset;
    }
}
