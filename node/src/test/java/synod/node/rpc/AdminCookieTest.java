package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCookieTest {
    @TempDir
    Path directory;

    private AdminCookie create() throws Exception {
        return AdminCookie.create(directory.resolve("rpc.cookie"), new SecureRandom());
    }

    @Test
    void isWrittenForItsOwnerOnly() throws Exception {
        Path file = directory.resolve("rpc.cookie");
        Files.writeString(file, "an older cookie that everybody may read");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        create();
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isAnotherOneEachTime() throws Exception {
        create();
        String first = Files.readString(directory.resolve("rpc.cookie"));
        create();
        assertThat(Files.readString(directory.resolve("rpc.cookie"))).isNotEqualTo(first);
    }

    @Test
    void isShownByTheBearerSchemeOnly() throws Exception {
        AdminCookie cookie = create();
        String text = Files.readString(directory.resolve("rpc.cookie"));
        assertThat(cookie.isShownBy("Bearer " + text)).isTrue();
        assertThat(cookie.isShownBy("Bearer " + text.substring(1))).isFalse();
        assertThat(cookie.isShownBy("Bearer " + text + "0")).isFalse();
        assertThat(cookie.isShownBy("Bearer ")).isFalse();
        assertThat(cookie.isShownBy("Basic " + text)).isFalse();
        assertThat(cookie.isShownBy(text)).isFalse();
    }

    @Test
    void isGoneWhenTheServerIs() throws Exception {
        Harness harness = new Harness();
        assertThat(harness.cookieFile()).exists();
        harness.server.close();
        assertThat(harness.cookieFile()).doesNotExist();
        harness.close();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (Harness harness = new Harness()) {
            RpcConfig config = RpcConfig.onLoopback(harness.server.port(), directory.resolve("rpc.cookie"));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> RpcServer.start(
                            config,
                            harness.replica,
                            harness.node,
                            harness.node,
                            harness.node::pool,
                            harness.node,
                            harness.node,
                            harness.metrics))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessageContaining(String.valueOf(harness.server.port()))
                    .hasMessageContaining("another port");
        }
    }
}
