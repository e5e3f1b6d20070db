package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import synod.consensus.EngineStatus;

class PbftStatusTest {
    private final TestCluster cluster = new TestCluster(4, 1);

    private EngineStatus status(int member) {
        return cluster.node(member).engine.status(cluster.nowMillis);
    }

    @Test
    void saysTheRoleTheViewAndTheQuorum() {
        cluster.start();
        assertThat(status(0).role()).isEqualTo("primary");
        assertThat(status(1).role()).isEqualTo("backup");
        assertThat(status(1).details())
                .containsEntry("height", "1")
                .containsEntry("view", "0")
                .containsEntry("quorum", "3")
                .containsEntry("maxFaulty", "1")
                .containsEntry("primary", cluster.chain.members.key(0).toString());
    }

    @Test
    void saysThatItIsHaltedAndWhyOnlyWhileItIs() {
        cluster.start();
        cluster.crash(0);
        cluster.crash(1);
        cluster.work();
        cluster.run(60_000);
        assertThat(status(2).activity()).isEqualTo("halted: 2 of 4 up, need 3");
        assertThat(status(2).halted()).isTrue();
        assertThat(status(2).details()).containsEntry("lastSuspicion", "view 0: nothing was decided in time");

        cluster.restart(1);
        cluster.run(TestChain.PARAMETERS.maxTimeoutMillis());
        assertThat(status(2).activity()).doesNotContain("halted");
        assertThat(status(2).halted()).isFalse();
    }

    @Test
    void saysThatItRecoversBeforeTheStart() {
        assertThat(status(0).activity()).isEqualTo("recovers");
    }

    @Test
    void saysThatAMemberWithoutMemoryIsACandidate() {
        cluster.start();
        cluster.work();
        cluster.run(100);
        cluster.node(3).nowMillis += 1_000;
        cluster.node(3).wipe();
        cluster.node(3).start();
        cluster.node(3).synchronise(cluster.node(0).tree.block(1));
        assertThat(status(3).role()).isEqualTo("candidate");
    }
}
