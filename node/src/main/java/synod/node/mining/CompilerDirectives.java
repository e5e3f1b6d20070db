package synod.node.mining;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import synod.consensus.pow.search.code.GroupProgram;

/**
 * Directives to this process's JIT compiler, as {@code jcmd Compiler.directives_add} gives them from outside.
 *
 * <p>The first compiler tier (C1) fails on the long straight-line methods of the nonce search, and a method on which it
 * failed can stay interpreted for good. Excluded from C1, such a method goes from the interpreter to C2.
 */
public final class CompilerDirectives {
    private static final String DIRECTIVES = """
            [{ match: "%s*.*", c1: { Exclude: true } }]
            """.formatted(GroupProgram.CLASS_PREFIX);

    private CompilerDirectives() {}

    /**
     * Leaves the generated code of the nonce search to C2. Must be called before the code runs.
     *
     * @return why this JVM cannot be told so; the search then works, and the code may stay slow, which its calibration
     *     notices
     */
    public static Optional<String> leaveGeneratedCodeToTheSecondTier() {
        return Holder.FAILURE;
    }

    /** Once for the process is enough. */
    private static final class Holder {
        static final Optional<String> FAILURE = add();
    }

    private static Optional<String> add() {
        try {
            Path file = Files.createTempFile("synod-directives-", ".json");
            try {
                Files.writeString(file, DIRECTIVES);
                String answer = invoke(file);
                return answer.contains("directives added") ? Optional.empty() : Optional.of(refused(answer.strip()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            return Optional.of(refused(e.toString()));
        }
    }

    private static String invoke(Path file) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Object answer = server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerDirectivesAdd",
                new Object[] {new String[] {file.toString()}},
                new String[] {String[].class.getName()});
        return String.valueOf(answer);
    }

    private static String refused(String why) {
        return "this JVM takes no compiler directives, so the generated nonce search may stay slow: " + why;
    }
}
