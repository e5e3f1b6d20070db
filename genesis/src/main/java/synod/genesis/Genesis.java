package synod.genesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.stake.StakeGenesis;
import synod.chain.stake.StakeRules;
import synod.chain.state.GenesisAllocation;
import synod.chain.validator.Validator;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.Sha256;

/**
 * What makes a network: its name, its engine, its rules about blocks and money, and the coins that exist from the start.
 *
 * @param name lower-case letters, digits and hyphens, at most {@value #MAX_NAME_LENGTH}
 * @param addressPrefix the human-readable prefix of its addresses: 2 to 16 lower-case letters
 * @param development whether the public development keys may hold coins here
 * @param timeMillis block 0's time, milliseconds since 1970-01-01 UTC
 * @param rules about blocks and money; what they say about stake is taken from the engine
 * @param allocations at most {@value #MAX_ALLOCATIONS}, no address and no name twice
 */
public record Genesis(
        String name,
        String addressPrefix,
        boolean development,
        long timeMillis,
        EngineParameters engine,
        LedgerRules rules,
        List<Allocation> allocations) {

    /** The version of the file's format and of the encoding under the digest. */
    public static final int FORMAT = 1;

    /** The longest name of a network or of an allocation. */
    public static final int MAX_NAME_LENGTH = 32;

    /** The most allocations. */
    public static final int MAX_ALLOCATIONS = 100_000;

    /** The last millisecond that the four bytes of a header's time can tell. */
    public static final long MAX_TIME_MILLIS = 0xffff_ffffL * 1_000 + 999;

    private static final String NAME_FORM = "[a-z0-9-]{1," + MAX_NAME_LENGTH + "}";
    private static final byte[] DOMAIN = "synod genesis v1".getBytes(StandardCharsets.US_ASCII);

    /**
     * Copies the list and checks everything.
     *
     * @throws InvalidGenesisException naming the place as in the file
     */
    public Genesis {
        allocations = List.copyOf(allocations);
        require(name.matches(NAME_FORM), "$.name", "'" + name + "' is not " + NAME_FORM);
        require(
                addressPrefix.matches("[a-z]{2,16}"),
                "$.addressPrefix",
                "'" + addressPrefix + "' is not 2 to 16 lower-case letters");
        require(
                timeMillis >= 0 && timeMillis <= MAX_TIME_MILLIS,
                "$.timeMillis",
                timeMillis + " is not 0 to " + MAX_TIME_MILLIS);
        checkAllocations(allocations, development);
        checkSupply(allocations, engine, rules);
        if (!development) {
            checkMembers(engine);
        }
        rules = withStake(rules, engine, timeMillis);
    }

    /** What the engine's section says about stake are rules of the ledger as well. */
    private static LedgerRules withStake(LedgerRules rules, EngineParameters engine, long timeMillis) {
        Optional<StakeRules> stake = engine.stake().map(StakeGenesis::rules);
        require(
                rules.stake().isEmpty() || rules.stake().equals(stake),
                "$.rules",
                "the rules about stake are not the engine's");
        stake.ifPresent(staked -> require(
                staked.clock().originMillis() == timeMillis,
                "$.engine",
                "the slots begin at " + staked.clock().originMillis() + ", and block 0's time is " + timeMillis));
        return stake.map(rules::withStake).orElse(rules);
    }

    private static void checkMembers(EngineParameters engine) {
        String path = engine.stake().isPresent() ? "$.engine.validators" : "$.engine.members";
        for (Validator member : engine.validators().validators()) {
            DevelopmentKeys.nameOf(Address.of(member.key())).ifPresent(owner -> {
                throw new InvalidGenesisException(
                        path, member.key() + " is the key of '" + owner + "': " + DevelopmentKeys.REFUSAL);
            });
        }
    }

    private static void checkAllocations(List<Allocation> allocations, boolean development) {
        require(
                allocations.size() <= MAX_ALLOCATIONS,
                "$.allocations",
                allocations.size() + " allocations; at most " + MAX_ALLOCATIONS + " are allowed");
        TreeSet<Address> addresses = new TreeSet<>();
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < allocations.size(); i++) {
            Allocation allocation = allocations.get(i);
            String path = "$.allocations[" + i + "]";
            require(addresses.add(allocation.address()), path + ".address", "this address stands here twice");
            require(allocation.amount().units() > 0, path + ".amount", "an allocation is more than 0");
            allocation.name().ifPresent(name -> {
                require(name.matches(NAME_FORM), path + ".name", "'" + name + "' is not " + NAME_FORM);
                require(names.add(name), path + ".name", "the name '" + name + "' stands here twice");
            });
            if (!development) {
                DevelopmentKeys.nameOf(allocation.address()).ifPresent(owner -> {
                    throw new InvalidGenesisException(
                            path + ".address", "this is the key of '" + owner + "': " + DevelopmentKeys.REFUSAL);
                });
            }
        }
    }

    /**
     * Allocations and, where rewards halve, all rewards ever must fit into an amount. (Where they never halve, they end
     * when no more fits.)
     */
    private static void checkSupply(List<Allocation> allocations, EngineParameters engine, LedgerRules rules) {
        BigInteger supply = allocations.stream()
                .map(allocation -> BigInteger.valueOf(allocation.amount().units()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        requireAmount(supply, "$.allocations", "the allocations together are");
        if (engine.stake().isPresent()) {
            supply = supply.add(BigInteger.valueOf(engine.validators().totalWeight()));
            requireAmount(supply, "$.engine.validators", "allocations and stakes together are");
        }
        if (rules.halvingBlocks() > 0) {
            for (long reward = rules.reward().units(); reward > 0; reward >>>= 1) {
                supply = supply.add(BigInteger.valueOf(reward).multiply(BigInteger.valueOf(rules.halvingBlocks())));
            }
            requireAmount(supply, "$.rules.reward", "allocations and all rewards to come together are");
        }
    }

    private static void requireAmount(BigInteger units, String path, String what) {
        require(
                units.bitLength() < Long.SIZE,
                path,
                what + " " + units.divide(BigInteger.valueOf(Amount.UNITS_PER_COIN)) + " coins, more than the "
                        + Long.MAX_VALUE / Amount.UNITS_PER_COIN + " that an amount can hold");
    }

    private static void require(boolean condition, String path, String problem) {
        if (!condition) {
            throw new InvalidGenesisException(path, problem);
        }
    }

    /** The allocations by address: what the state after block 0 holds. */
    public SortedMap<Address, Amount> balances() {
        TreeMap<Address, Amount> balances = new TreeMap<>();
        allocations.forEach(allocation -> balances.put(allocation.address(), allocation.amount()));
        return balances;
    }

    /** The state after block 0: the allocations, and the engine's members or the stake. */
    public GenesisAllocation allocation() {
        return engine.stake()
                .map(stake -> new GenesisAllocation(balances(), stake))
                .orElseGet(() -> new GenesisAllocation(balances(), engine.validators()));
    }

    /**
     * SHA-256 over a canonical encoding of all that nodes must agree on: everything but the names of allocations and the
     * order in which they stand.
     */
    public Hash digest() {
        return Sha256.hash(DOMAIN, encode());
    }

    /** What the digest is over. */
    byte[] encode() {
        Encoder out = new Encoder(256 + allocations.size() * 40).u32(FORMAT);
        text(out, name);
        text(out, addressPrefix);
        out.u8(development ? 1 : 0).u64(timeMillis);
        engine.encode(out);
        out.u32(rules.maxBlockBytes())
                .u64(rules.minFeePerByte())
                .u64(rules.reward().units())
                .u64(rules.halvingBlocks())
                .u32(rules.maturityBlocks());
        SortedMap<Address, Amount> balances = balances();
        out.u32(balances.size());
        balances.forEach((address, amount) -> out.hash(address.digest()).u64(amount.units()));
        return out.toBytes();
    }

    /** A u8 length and as many ASCII letters. */
    static Encoder text(Encoder out, String ascii) {
        return out.bytes8(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** Block 0, on the state that {@link #allocation} makes. */
    public Block block0() {
        return block0(allocation().stateRoot());
    }

    /**
     * Block 0: no parent, no chain id, no transactions, no work, and the digest in the engine's field. Its id is the
     * chain id.
     *
     * @param stateRoot the root of the state after it
     */
    public Block block0(Hash stateRoot) {
        HeaderCore core = new HeaderCore(
                Hash.ZERO,
                0,
                0,
                timeMillis,
                Address.NONE,
                MerkleTree.EMPTY_ROOT,
                stateRoot,
                MerkleTree.EMPTY_ROOT,
                engine.validators().root(),
                ByteString.of(digest().bytes()));
        return new Block(new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, engine.initialBits(), 0), List.of());
    }
}
