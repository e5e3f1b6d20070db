package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.stake.EpochState;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.state.LedgerView;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Network;
import synod.p2p.NodeId;

/** The JSON forms of stake and of the transactions about it. */
public final class StakeJson {
    private static final int SHARE_DECIMALS = 4;

    private StakeJson() {}

    /** Who has what at stake after the head. */
    public record Stake(
            @JsonPropertyDescription("Of the head") long height,
            long slot,
            long epoch,

            @JsonPropertyDescription("What leaders of the epoch's slots are drawn by")
            Hash epochNonce,

            @JsonPropertyDescription("All stake that counts in this epoch")
            Amount activeStake,

            @JsonPropertyDescription("All stake that counts in the next epoch")
            Amount nextStake,

            @JsonPropertyDescription("All coins that slashing ever destroyed")
            Amount burned,

            @JsonPropertyDescription(
                    "Whose stake counts in this epoch or the next, or will, by key; or the one asked for")
            List<Validator> validators) {
        /**
         * The form of the stake at the ledger's head.
         *
         * @param wanted the one to show; empty for all who decide now or soon
         */
        public static Stake of(Network network, LedgerView ledger, StakeView stake, Optional<PublicKey> wanted) {
            EpochState epoch = stake.epoch();
            TreeSet<PublicKey> keys = new TreeSet<>();
            wanted.ifPresentOrElse(keys::add, () -> {
                keys.addAll(stake.bonded());
                epoch.active().stakers().forEach(staker -> keys.add(staker.key()));
                epoch.next().stakers().forEach(staker -> keys.add(staker.key()));
            });
            return new Stake(
                    ledger.height(),
                    stake.slot(),
                    epoch.number(),
                    epoch.nonce(),
                    epoch.active().total(),
                    epoch.next().total(),
                    ledger.burned(),
                    keys.stream().map(key -> Validator.of(network, stake, key)).toList());
        }
    }

    /** A validator. */
    public record Validator(
            @JsonPropertyDescription("The public key") Hash key,
            Hash nodeId,

            @JsonPropertyDescription("Where its coins come from and go to")
            AddressText address,

            @JsonPropertyDescription("What it draws slots with in snapshots to come; absent without stake")
            Optional<Hash> vrfKey,

            @JsonPropertyDescription("What counts from the next snapshot on")
            Amount bonded,

            @JsonPropertyDescription("What counts in this epoch")
            Amount active,

            @JsonPropertyDescription("What counts in the next epoch")
            Amount next,

            @JsonPropertyDescription("Of all stake that counts in this epoch, from 0 to 1, rounded down")
            String share,

            @JsonPropertyDescription("What is on its way back and can still be slashed")
            List<Unbonding> unbonding,

            @JsonPropertyDescription("Whether it contradicted itself and is out for good")
            boolean jailed) {
        static Validator of(Network network, StakeView stake, PublicKey key) {
            Optional<StakeRecord> record = stake.validator(key);
            StakeSnapshot counting = stake.epoch().active();
            Amount active = in(counting, key);
            return new Validator(
                    Hash.of(key.bytes()),
                    NodeId.of(key).digest(),
                    AddressText.of(network, Address.of(key)),
                    record.map(present -> Hash.of(present.vrfKey().bytes())),
                    record.map(StakeRecord::bonded).orElse(Amount.ZERO),
                    active,
                    in(stake.epoch().next(), key),
                    BigDecimal.valueOf(active.units())
                            .divide(BigDecimal.valueOf(counting.total().units()), SHARE_DECIMALS, RoundingMode.DOWN)
                            .toPlainString(),
                    record.map(present -> present.unbonding().stream()
                                    .map(part -> Unbonding.of(stake.rules().clock(), part))
                                    .toList())
                            .orElse(List.of()),
                    record.map(StakeRecord::jailed).orElse(false));
        }

        private static Amount in(StakeSnapshot snapshot, PublicKey key) {
            return snapshot.find(key).map(Staker::stake).orElse(Amount.ZERO);
        }
    }

    /** Stake on its way back. */
    public record Unbonding(
            @JsonPropertyDescription("With whose first block it comes free")
            long epoch,

            @JsonPropertyDescription("When that epoch begins, milliseconds since 1970-01-01 UTC")
            long timeMillis,

            Amount amount) {
        static Unbonding of(SlotClock clock, StakeRecord.Unbonding part) {
            return new Unbonding(part.epoch(), clock.startMillis(clock.firstSlot(part.epoch())), part.amount());
        }
    }

    /** Coins put at stake. */
    public record BondContent(
            Amount amount,

            @JsonPropertyDescription("What the validator draws slots with from the next snapshot on")
            Hash vrfKey) {}

    /** Coins taken out of the stake. */
    public record UnbondContent(Amount amount) {}

    /** Proof that a validator contradicted itself. */
    public record EvidenceContent(
            @JsonPropertyDescription("The validator's public key")
            Hash accused,

            @JsonPropertyDescription("What it signed two of: block (of one slot) or vote (about checkpoints)")
            String kind,

            @JsonPropertyDescription("Both signed statements, for anybody to check")
            ByteString proof) {
        /** The form of evidence. */
        public static EvidenceContent of(StakeEvidence evidence) {
            Encoder proof = new Encoder(400);
            evidence.encode(proof);
            return new EvidenceContent(
                    Hash.of(evidence.accused().bytes()), evidence.kind().toString(), ByteString.of(proof.toBytes()));
        }
    }
}
