package synod.testnet.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedJarTest {
    private static final String CLASS = "a/Thing.class";

    @TempDir
    private Path directory;

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Attributes ofClass = new Attributes();
        ofClass.put(new Attributes.Name("SHA-256-Digest"), "abc=");
        manifest.getEntries().put(CLASS, ofClass);
        return manifest;
    }

    private Path jar(String... names) throws IOException {
        Path jar = directory.resolve("in.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
            for (String name : names) {
                out.putNextEntry(new JarEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void leavesOutSignaturesAndKeepsEverythingElse() throws IOException {
        Path out = directory.resolve("out.jar");
        UnsignedJar.copy(jar(CLASS, "META-INF/KEY.SF", "META-INF/KEY.RSA", "META-INF/services/a.Thing"), out);
        try (JarFile jar = new JarFile(out.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", CLASS, "META-INF/services/a.Thing");
            assertThat(jar.getInputStream(jar.getJarEntry(CLASS)).readAllBytes())
                    .asString()
                    .isEqualTo(CLASS);
            assertThat(jar.isMultiRelease()).isTrue();
            assertThat(jar.getManifest().getEntries()).isEmpty();
        }
    }

    @Test
    void copiesAnUnsignedJarAsItIs() throws IOException {
        Path in = jar(CLASS);
        Path out = directory.resolve("out.jar");
        UnsignedJar.copy(in, out);
        assertThat(out).hasSameBinaryContentAs(in);
    }
}
