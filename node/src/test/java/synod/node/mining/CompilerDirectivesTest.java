package synod.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class CompilerDirectivesTest {
    @Test
    void thisJvmTakesTheDirectiveAndListsIt() throws Exception {
        assertThat(CompilerDirectives.leaveGeneratedCodeToTheSecondTier()).isEmpty();
        Object listed = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "compilerDirectivesPrint",
                        new Object[0],
                        new String[0]);
        assertThat(String.valueOf(listed)).contains("synod/consensus/pow/search/code/GeneratedCode*.*", "Exclude:true");
    }
}
