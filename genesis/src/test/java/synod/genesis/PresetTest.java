package synod.genesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.consensus.Consensus;
import synod.consensus.SignatureVerifier;
import synod.consensus.VrfVerifier;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowParameters;
import synod.consensus.pow.Work;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class PresetTest {
    private static final long NOW = 1_700_000_000_000L;

    @Test
    void areFoundByTheirNames() {
        assertThat(Preset.named("dev")).contains(Preset.DEV);
        assertThat(Preset.named("slow")).contains(Preset.SLOW);
        assertThat(Preset.named("DEV")).isEmpty();
    }

    @Test
    void giveEveryDevelopmentAccountAMillionCoins() {
        for (Preset preset : Preset.values()) {
            Genesis genesis = preset.genesis(NOW, List.of());
            assertThat(genesis.development()).isTrue();
            for (String name : DevelopmentKeys.names()) {
                assertThat(genesis.balances()).containsEntry(DevelopmentKeys.address(name), Amount.ofCoins(1_000_000));
            }
        }
    }

    @Test
    void giveOperatorsAStartOnceEach() {
        Address operator = new Address(Sha256.hash(new byte[] {5}));
        Genesis genesis = Preset.DEV.genesis(NOW, List.of(DevelopmentKeys.address("alice"), operator));
        assertThat(genesis.balances())
                .containsEntry(operator, Preset.OPERATOR_COINS)
                .containsEntry(DevelopmentKeys.address("alice"), Preset.ACCOUNT_COINS)
                .hasSize(DevelopmentKeys.names().size() + 1);
    }

    @Test
    void startDevWithABlockWithinASecondOfFourSlowNodes() {
        assertThat(expectedHashes(Preset.DEV)).isEqualTo(65_537).isLessThan(4 * 50_000);
        assertThat(expectedHashes(Preset.SLOW)).isBetween(2_700_000L, 2_900_000L);
    }

    @Test
    void makeAnotherChainAtAnotherTime() {
        assertThat(Preset.DEV.genesis(NOW, List.of()).block0(Hash.ZERO).id())
                .isNotEqualTo(
                        Preset.DEV.genesis(NOW + 1, List.of()).block0(Hash.ZERO).id());
    }

    @Test
    void makeTheConsensusThatTheyDescribe() {
        Consensus consensus = Preset.SLOW
                .genesis(NOW, List.of())
                .engine()
                .consensus(Hash.ZERO, SignatureVerifier.ED25519, VrfVerifier.RFC_9381);
        assertThat(consensus).isInstanceOfSatisfying(PowConsensus.class, pow -> {
            PowParameters parameters = pow.parameters();
            assertThat(parameters.targetIntervalMillis()).isEqualTo(15_000);
            assertThat(parameters.medianTimeBlocks()).isEqualTo(11);
        });
        assertThat(consensus.name()).isEqualTo("pow");
    }

    private static long expectedHashes(Preset preset) {
        EngineParameters engine = preset.genesis(NOW, List.of()).engine();
        return switch (engine) {
            case EngineParameters.Pow pow -> {
                BigInteger work = Work.of(pow.parameters().initialBits());
                yield work.longValueExact();
            }
            case EngineParameters.Pbft pbft -> throw new AssertionError(pbft);
            case EngineParameters.Pos pos -> throw new AssertionError(pos);
        };
    }
}
