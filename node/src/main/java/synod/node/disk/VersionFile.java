package synod.node.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import synod.crypto.Hash;

/**
 * The file that says what a data directory is: a line {@code synod-data FORMAT}, a line {@code chain ID}, and a
 * sentence for people who find it.
 *
 * @param format number of the layout of the whole directory
 * @param chain the chain that is kept in it
 */
record VersionFile(int format, Hash chain) {
    static final String NAME = "VERSION";

    /** The one layout that this program reads and writes. */
    static final int CURRENT_FORMAT = 1;

    private static final int MAX_BYTES = 4096;
    private static final String FORMAT_WORD = "synod-data ";
    private static final String CHAIN_WORD = "chain ";
    private static final String SENTENCE =
            "This directory is the memory of a Synod node; change nothing in it while the node runs.";

    void write(Path directory) throws IOException {
        String text = FORMAT_WORD + format + "\n" + CHAIN_WORD + chain + "\n" + SENTENCE + "\n";
        Directories.writeAtomically(directory, NAME, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a directory's file.
     *
     * @throws DataDirectoryException if it is none that this program understands
     */
    static VersionFile read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (Files.size(file) > MAX_BYTES) {
            throw unreadable(file);
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (lines.isEmpty() || !lines.getFirst().matches(FORMAT_WORD + "[0-9]{1,9}")) {
            throw unreadable(file);
        }
        int format = Integer.parseInt(lines.getFirst().substring(FORMAT_WORD.length()));
        if (format != CURRENT_FORMAT) {
            throw new DataDirectoryException("The data directory " + directory + " has format " + format
                    + ", and this program reads format " + CURRENT_FORMAT + ". Use "
                    + (format < CURRENT_FORMAT ? "an older" : "a newer")
                    + " version of Synod, or another 'dataDir' in the config file to fetch the chain anew.");
        }
        if (lines.size() < 2 || !lines.get(1).matches(CHAIN_WORD + "[0-9a-f]{64}")) {
            throw unreadable(file);
        }
        return new VersionFile(format, Hash.parse(lines.get(1).substring(CHAIN_WORD.length())));
    }

    private static DataDirectoryException unreadable(Path file) {
        return new DataDirectoryException("The file " + file
                + " is damaged or not Synod's. Put it back from a copy, or use another 'dataDir' in the config file.");
    }
}
