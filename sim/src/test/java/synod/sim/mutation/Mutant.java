package synod.sim.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The program with one mutation in it: the changed file compiled, and everything loaded anew around it. */
final class Mutant implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final URLClassLoader loader;

    private Mutant(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Compiles and loads a mutation.
     *
     * @param classes an empty directory for its classes
     * @throws IllegalStateException if the text to replace does not occur exactly once, or the result does not compile
     */
    static Mutant of(Mutation mutation, Path classes) {
        Path file = ROOT.resolve(mutation.file());
        try {
            compile(mutation, file, mutated(mutation, Files.readString(file)), classes);
            List<URL> path = new ArrayList<>(List.of(classes.toUri().toURL()));
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                path.add(Path.of(entry).toUri().toURL());
            }
            return new Mutant(new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mutated(Mutation mutation, String source) {
        int at = source.indexOf(mutation.find());
        if (at < 0 || source.indexOf(mutation.find(), at + 1) >= 0) {
            throw new IllegalStateException("mutation '" + mutation.name() + "': its text stands "
                    + (at < 0 ? "nowhere" : "more than once") + " in " + mutation.file() + "; mend the table");
        }
        return source.substring(0, at)
                + mutation.replace()
                + source.substring(at + mutation.find().length());
    }

    private static void compile(Mutation mutation, Path file, String source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject unit =
                new SimpleJavaFileObject(URI.create("mutant:///" + file.getFileName()), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of(
                "-proc:none",
                "-nowarn",
                "-encoding",
                UTF_8.name(),
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        if (!compiler.getTask(null, null, diagnostics, options, null, List.of(unit))
                .call()) {
            throw new IllegalStateException("mutation '" + mutation.name() + "' does not compile: "
                    + diagnostics.getDiagnostics().stream()
                            .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
                            .toList());
        }
    }

    /** Runs a seed in it: the checker that fired and what it said, or nothing. */
    @SuppressWarnings("unchecked") // the probe is this class, loaded by another loader
    LongFunction<String> probe(Mutation mutation) {
        try {
            return (LongFunction<String>) loader.loadClass(Probe.class.getName())
                    .getConstructor(String.class, String.class)
                    .newInstance(mutation.engine(), mutation.strategy());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the probe cannot be loaded", e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
