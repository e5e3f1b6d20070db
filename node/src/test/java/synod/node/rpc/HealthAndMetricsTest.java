package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.node.replica.ReplicaEvent;
import synod.node.rpc.port.NodePort.Health;
import synod.node.rpc.port.NodePort.Phase;

/** What supervisors and Prometheus see. */
class HealthAndMetricsTest {
    private Harness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new Harness();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void isHealthyWhenReadyOnly() throws Exception {
        HttpResponse<String> ready = harness.get("/health");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\",\"activity\":\"searches a block on height 3\"}");
        harness.node.health = new Health(Phase.STARTING, "reads the journal");
        HttpResponse<String> starting = harness.get("/health");
        assertThat(starting.statusCode()).isEqualTo(503);
        assertThat(starting.body()).isEqualTo("{\"status\":\"starting\",\"activity\":\"reads the journal\"}");
    }

    @Test
    void isUnhealthyWhileNoBlockCanBeDecidedAndServesOn() throws Exception {
        harness.replica.chain.halted = Optional.of("halted: 2 of 4 up, need 3");
        HttpResponse<String> halted = harness.get("/health");
        assertThat(halted.statusCode()).isEqualTo(503);
        assertThat(halted.body()).isEqualTo("{\"status\":\"halted\",\"activity\":\"halted: 2 of 4 up, need 3\"}");
        assertThat(harness.result("ledger_getSupply", "[]").has("supply")).isTrue();
    }

    @Test
    void countsCallsByMethodAndOutcome() throws Exception {
        harness.result("ledger_getSupply", "[]");
        harness.result("ledger_getSupply", "[]");
        harness.error("ledger_getBlock", "{\"height\":77}");
        harness.error("made_up_by_a_stranger", "[]");
        harness.post("{");
        assertThat(metrics())
                .contains(
                        "synod_rpc_requests_seconds_count{method=\"ledger_getSupply\",outcome=\"ok\"} 2",
                        "synod_rpc_requests_seconds_count{method=\"ledger_getBlock\",outcome=\"not-found\"} 1",
                        "synod_rpc_requests_seconds_count{method=\"unknown\",outcome=\"method-not-found\"} 1",
                        "synod_rpc_requests_seconds_count{method=\"unknown\",outcome=\"parse-error\"} 1")
                .doesNotContain("stranger");
    }

    @Test
    void showsTheReplicaAndWhatStandsAroundIt() throws Exception {
        Block old = harness.replica.chain.blocks.getLast();
        Block block = harness.replica.chain.extend(List.of());
        harness.replica.emit(
                new ReplicaEvent.HeadChanged(List.of(harness.replica.chain.node(old)), List.of(old, block)));
        harness.replica.emit(new ReplicaEvent.BlockFinalized(harness.replica.chain.node(old)));
        assertThat(metrics())
                .contains(
                        "synod_ledger_head_height_blocks 4.0",
                        "synod_ledger_adopted_blocks_total 2.0",
                        "synod_ledger_abandoned_blocks_total 1.0",
                        "synod_ledger_reorganisation_depth_blocks_count 1",
                        "synod_ledger_reorganisation_depth_blocks_sum 1.0",
                        "synod_ledger_finalized_events_total 1.0",
                        "synod_mempool_transactions_count 1.0",
                        "synod_mempool_size_bytes " + (double) harness.replica.chain.bytes(),
                        "synod_consensus_members_count 2.0",
                        "synod_consensus_evidence_count 2.0",
                        "synod_net_peers_count 1.0",
                        "synod_miner_rate_hashes_per_second 1234.5",
                        "synod_replica_inbox_depth_inputs 3.0",
                        "synod_jvm_heap_used_bytes ",
                        "synod_jvm_threads_count ",
                        "synod_rpc_connections_count ");
    }

    @Test
    void everyNameSaysWhoseAndInWhichUnit() throws Exception {
        assertThat(metrics().lines().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allMatch(line -> line.matches("synod_(ledger|sync|mempool|consensus|net|miner|replica|rpc|jvm)_[a-z_]+"
                        + "(_blocks|_bytes|_count|_seconds|_second|_inputs|_events|_total)(_total|_count|_sum|_max)?"
                        + "(\\{.*})? \\S+"));
    }

    private String metrics() throws Exception {
        HttpResponse<String> response = harness.get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        return response.body();
    }
}
