package synod.testnet.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Copies jars without their signatures. Java checks every class of a signed jar against its signature again at each
 * start, which takes a third of a node's start, and keeps such classes out of start caches. Who could change the jars in a
 * build's directory could as well change the program.
 */
final class UnsignedJar {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private UnsignedJar() {}

    static void copy(Path from, Path to) throws IOException {
        // the jar's own signatures are not verified: they are what is left out
        try (JarFile jar = new JarFile(from.toFile(), false)) {
            boolean signed = jar.stream().anyMatch(entry -> isSignature(entry));
            if (!signed) {
                Files.copy(from, to);
                return;
            }
            try (OutputStream file = Files.newOutputStream(to);
                    JarOutputStream out = new JarOutputStream(file, withoutDigests(jar.getManifest()))) {
                Enumeration<JarEntry> entries = jar.entries();
                while (entries.hasMoreElements()) {
                    copy(jar, entries.nextElement(), out);
                }
            }
        }
    }

    private static boolean isSignature(JarEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    private static Manifest withoutDigests(Manifest signed) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putAll(signed.getMainAttributes());
        signed.getEntries().forEach((name, attributes) -> {
            Attributes kept = new Attributes(attributes);
            kept.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
            if (!kept.isEmpty()) {
                manifest.getEntries().put(name, kept);
            }
        });
        return manifest;
    }

    private static void copy(JarFile jar, JarEntry entry, JarOutputStream out) throws IOException {
        if (isSignature(entry) || entry.getName().equals(JarFile.MANIFEST_NAME)) {
            return;
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
