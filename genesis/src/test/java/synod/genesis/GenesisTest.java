package synod.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.LedgerRules;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.MemoryKeyValueStore;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class GenesisTest {
    private static final long TIME = 1_700_000_000_123L;
    private static final CompactBits BITS = new CompactBits(0x1f00ffff);
    private static final PowParameters POW = new PowParameters(1_000, 60_000, BITS, BITS, 10_000, 11);
    private static final LedgerRules RULES = new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 210_000, 10);
    private static final Allocation FIRST = new Allocation(address(1), Amount.ofCoins(7), Optional.of("first"));
    private static final Allocation SECOND = new Allocation(address(2), Amount.ofCoins(8), Optional.empty());
    private static final Genesis GENESIS = of("net", "syn", false, TIME, POW, RULES, List.of(FIRST, SECOND));

    /** The expected value was computed by a separate program from the description of the encoding. */
    @Test
    void hasADigestThatNeverChanges() {
        assertThat(GENESIS.digest()).hasToString("6243fc271d42f4c146f47240e2d047ac417cfec65874c2d3450678b6a9b739e3");
    }

    @Test
    void changesItsDigestWithEverythingThatNodesMustAgreeOn() {
        PowParameters pow = POW;
        LedgerRules r = RULES;
        CompactBits harder = new CompactBits(0x1f00fffe);
        List<Allocation> both = List.of(FIRST, SECOND);
        List<Genesis> variants = List.of(
                GENESIS,
                of("net2", "syn", false, TIME, pow, r, both),
                of("net", "syo", false, TIME, pow, r, both),
                of("net", "syn", true, TIME, pow, r, both),
                of("net", "syn", false, TIME + 1, pow, r, both),
                of("net", "syn", false, TIME, new PowParameters(1_001, 60_000, BITS, BITS, 10_000, 11), r, both),
                of("net", "syn", false, TIME, new PowParameters(1_000, 60_001, BITS, BITS, 10_000, 11), r, both),
                of("net", "syn", false, TIME, new PowParameters(1_000, 60_000, BITS, harder, 10_000, 11), r, both),
                of("net", "syn", false, TIME, new PowParameters(1_000, 60_000, harder, harder, 10_000, 11), r, both),
                of("net", "syn", false, TIME, new PowParameters(1_000, 60_000, BITS, BITS, 10_001, 11), r, both),
                of("net", "syn", false, TIME, new PowParameters(1_000, 60_000, BITS, BITS, 10_000, 13), r, both),
                of("net", "syn", false, TIME, pow, new LedgerRules(1 << 19, 1, r.reward(), 210_000, 10), both),
                of("net", "syn", false, TIME, pow, new LedgerRules(1 << 20, 2, r.reward(), 210_000, 10), both),
                of("net", "syn", false, TIME, pow, new LedgerRules(1 << 20, 1, Amount.ZERO, 210_000, 10), both),
                of("net", "syn", false, TIME, pow, new LedgerRules(1 << 20, 1, r.reward(), 210_001, 10), both),
                of("net", "syn", false, TIME, pow, new LedgerRules(1 << 20, 1, r.reward(), 210_000, 11), both),
                of("net", "syn", false, TIME, pow, r, List.of(FIRST)),
                of(
                        "net",
                        "syn",
                        false,
                        TIME,
                        pow,
                        r,
                        List.of(FIRST, new Allocation(SECOND.address(), Amount.ofCoins(9), Optional.empty()))));
        TreeSet<Hash> digests = new TreeSet<>();
        variants.forEach(variant -> digests.add(variant.digest()));
        assertThat(digests).hasSameSizeAs(variants);
    }

    @Test
    void keepsItsDigestWhateverTheOrderAndTheNamesOfAllocations() {
        Allocation renamed = new Allocation(FIRST.address(), FIRST.amount(), Optional.of("other"));
        assertThat(of("net", "syn", false, TIME, POW, RULES, List.of(SECOND, renamed))
                        .digest())
                .isEqualTo(GENESIS.digest());
    }

    @Test
    void makesABlock0ThatCarriesTheDigest() throws Exception {
        Hash stateRoot = Sha256.hash(new byte[] {9});
        Block block = GENESIS.block0(stateRoot);
        BlockHeader header = block.header();

        assertThat(block.height()).isZero();
        assertThat(block.transactions()).isEmpty();
        assertThat(header.parent()).isEqualTo(Hash.ZERO);
        assertThat(header.core().chainId()).isEqualTo(Hash.ZERO);
        assertThat(header.core().stateRoot()).isEqualTo(stateRoot);
        assertThat(header.core().engineField())
                .isEqualTo(ByteString.of(GENESIS.digest().bytes()));
        assertThat(header.timeMillis()).isEqualTo(TIME);
        assertThat(header.bits()).isEqualTo(0x1f00ffff);
        assertThat(header.nonce()).isZero();
        assertThat(Block.decode(new Decoder(block.encode())).id()).isEqualTo(block.id());
        assertThat(block.id()).isNotEqualTo(GENESIS.block0(Hash.ZERO).id());
    }

    @Test
    void makesABlock0ThatTheLedgerOpens() {
        GenesisAllocation allocation = new GenesisAllocation(GENESIS.balances());
        Block block = GENESIS.block0(allocation.stateRoot());
        Ledger ledger = Ledger.open(new MemoryKeyValueStore(), RULES, allocation, block);
        assertThat(ledger.chainId()).isEqualTo(block.id());
        assertThat(ledger.account(FIRST.address()).balance()).isEqualTo(FIRST.amount());
        assertThat(ledger.supply()).isEqualTo(Amount.ofCoins(15));
    }

    @Test
    void refusesTheDevelopmentKeysOnAnyOtherNetwork() {
        for (String name : DevelopmentKeys.names()) {
            List<Allocation> allocations =
                    List.of(FIRST, new Allocation(DevelopmentKeys.address(name), Amount.ofCoins(1), Optional.empty()));
            assertThat(of("net", "syn", true, TIME, POW, RULES, allocations).balances())
                    .hasSize(2);
            assertThatThrownBy(() -> of("net", "syn", false, TIME, POW, RULES, allocations))
                    .isInstanceOf(InvalidGenesisException.class)
                    .hasMessage("$.allocations[1].address: this is the key of '" + name + "': the public development"
                            + " words are refused on any network that is not a development network");
        }
    }

    @Test
    void refusesTheSameAddressOrNameTwiceAndAllocationsOfNothing() {
        assertThatThrownBy(() -> withAllocations(FIRST, SECOND, FIRST))
                .hasMessage("$.allocations[2].address: this address stands here twice");
        assertThatThrownBy(() ->
                        withAllocations(FIRST, new Allocation(address(3), Amount.ofCoins(1), Optional.of("first"))))
                .hasMessage("$.allocations[1].name: the name 'first' stands here twice");
        assertThatThrownBy(() -> withAllocations(new Allocation(address(3), Amount.ZERO, Optional.empty())))
                .hasMessage("$.allocations[0].amount: an allocation is more than 0");
    }

    @Test
    void refusesMoreCoinsThanAnAmountHolds() {
        Amount half = new Amount(Long.MAX_VALUE / 2 + 1);
        assertThatThrownBy(() -> withAllocations(
                        new Allocation(address(1), half, Optional.empty()),
                        new Allocation(address(2), half, Optional.empty())))
                .hasMessageStartingWith("$.allocations: the allocations together are 92233720368 coins, more than");

        List<Allocation> one = List.of(new Allocation(address(1), half, Optional.empty()));
        LedgerRules generous = new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000_000_000, 10);
        assertThatThrownBy(() -> of("net", "syn", false, TIME, POW, generous, one))
                .hasMessageStartingWith("$.rules.reward: allocations and all rewards to come together are");
        LedgerRules endless = new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 0, 10);
        assertThat(of("net", "syn", false, TIME, POW, endless, one).rules()).isEqualTo(endless);
    }

    @Test
    void refusesNamesPrefixesAndTimesOutOfBounds() {
        assertThatThrownBy(() -> of("Net", "syn", false, TIME, POW, RULES, List.of()))
                .hasMessage("$.name: 'Net' is not [a-z0-9-]{1,32}");
        assertThatThrownBy(() -> of("net", "s1", false, TIME, POW, RULES, List.of()))
                .hasMessage("$.addressPrefix: 's1' is not 2 to 16 lower-case letters");
        assertThatThrownBy(() -> of("net", "syn", false, -1, POW, RULES, List.of()))
                .hasMessage("$.timeMillis: -1 is not 0 to 4294967295999");
        List<Allocation> many = new ArrayList<>(Collections.nCopies(Genesis.MAX_ALLOCATIONS + 1, FIRST));
        assertThatThrownBy(() -> of("net", "syn", false, TIME, POW, RULES, many))
                .hasMessage("$.allocations: 100001 allocations; at most 100000 are allowed");
    }

    private static Genesis withAllocations(Allocation... allocations) {
        return of("net", "syn", false, TIME, POW, RULES, List.of(allocations));
    }

    private static Genesis of(
            String name,
            String prefix,
            boolean development,
            long timeMillis,
            PowParameters pow,
            LedgerRules rules,
            List<Allocation> allocations) {
        return new Genesis(name, prefix, development, timeMillis, new EngineParameters.Pow(pow), rules, allocations);
    }

    private static Address address(int i) {
        return new Address(Sha256.hash(new byte[] {(byte) i}));
    }
}
