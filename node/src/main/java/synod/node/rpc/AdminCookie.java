package synod.node.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret that admin methods ask for: made anew at each start and written where only the node's own user can read
 * it, so that whoever shows it may do what that user may.
 */
public final class AdminCookie {
    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] cookie;

    private AdminCookie(byte[] cookie) {
        this.cookie = cookie;
    }

    /**
     * Makes a cookie and writes it, with mode 0600 from the first moment on, in place of an older one.
     *
     * @throws IOException if the file cannot be written
     */
    public static AdminCookie create(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        byte[] cookie = HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (SeekableByteChannel channel = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(cookie));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return new AdminCookie(cookie);
    }

    /** Whether an {@code Authorization} header shows the cookie. Takes the same time however wrong it is. */
    public boolean isShownBy(String authorization) {
        return authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        cookie, authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
