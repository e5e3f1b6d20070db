package synod.chain.store;

import java.util.List;

/**
 * Named append-only files in one directory.
 *
 * <p>Bytes that were appended may vanish in a crash, from any point on and in any order of pages, until
 * {@link #sync(String)} has returned. A file comes into being only by {@link #create}, whole and durable, so no file
 * is ever seen half made. Every method throws {@link DiskException} when the storage fails.
 *
 * <p>One thread changes files; any thread may read at the same time.
 */
public interface Disk extends AutoCloseable {
    /** The names of all files, in ascending order. */
    List<String> list();

    /** The length in bytes of an existing file, with what is not synced yet. */
    long size(String name);

    /** Adds the parts, one after the other, at the end of an existing file. On failure some of the bytes may be there. */
    void append(String name, byte[]... parts);

    /**
     * Makes everything appended to the file durable. After a failure nobody knows what is: the operating system may
     * have dropped the bytes and forgotten about it, so asking again proves nothing.
     */
    void sync(String name);

    /**
     * Reads from an existing file.
     *
     * @return {@code length} bytes, or fewer if the file ends before
     * @throws IllegalArgumentException if the offset or the length is negative
     */
    byte[] read(String name, long offset, int length);

    /**
     * Shortens an existing file. Durable after the next {@link #sync}.
     *
     * @throws IllegalArgumentException if the file is shorter than that
     */
    void truncate(String name, long size);

    /**
     * Creates a file with the given contents, durable when this returns. After a crash it is there whole or not at
     * all.
     *
     * @throws IllegalStateException if there is one of that name
     */
    void create(String name, byte[]... parts);

    /** Deletes an existing file, durable when this returns. */
    void delete(String name);

    /** Releases what the disk holds open. Does not sync. */
    @Override
    void close();

    /**
     * Checks a file name: lower-case letters, digits, dots and hyphens, at most 100, starting with a letter or digit
     * and not ending in {@code .tmp}, which marks files in the making.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static void checkName(String name) {
        if (!name.matches("[a-z0-9][a-z0-9.-]{0,99}") || name.endsWith(".tmp")) {
            throw new IllegalArgumentException("not a name for a file on this disk: '" + name + "'");
        }
    }
}
