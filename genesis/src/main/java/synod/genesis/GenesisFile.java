package synod.genesis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.validator.ValidatorSet;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pbft.PbftParameters;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.PublicKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The genesis file in JSON. Reading is strict: unknown, missing and repeated fields, wrong types, values out of bounds
 * and anything after the document are refused, with the place and what is allowed.
 */
public final class GenesisFile {
    /** The largest file read. */
    public static final int MAX_BYTES = 16 << 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(1_024)
                            .maxNameLength(256)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private GenesisFile() {}

    /**
     * Reads and checks a file.
     *
     * @throws InvalidGenesisException if it is no valid genesis file
     * @throws IOException if it cannot be read
     */
    public static Genesis load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(MAX_BYTES + 1));
        }
    }

    /**
     * Reads and checks a document.
     *
     * @throws InvalidGenesisException if it is no valid genesis file
     */
    public static Genesis parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new InvalidGenesisException("$", "more than " + MAX_BYTES + " bytes");
        }
        JsonNode document;
        try {
            document = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new InvalidGenesisException(
                    "$", "not the JSON of a genesis file" + where(e.getLocation()) + ": " + e.getOriginalMessage());
        }
        return genesis(JsonPlace.root(document));
    }

    private static String where(@Nullable TokenStreamLocation at) {
        return at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
    }

    private static Genesis genesis(JsonPlace root) {
        root.object("format", "name", "addressPrefix", "development", "timeMillis", "engine", "rules", "allocations");
        long format = root.field("format").number(0, Integer.MAX_VALUE);
        if (format != Genesis.FORMAT) {
            throw root.field("format")
                    .refuse("this program reads format " + Genesis.FORMAT + ", the file has format " + format);
        }
        String prefix = root.field("addressPrefix").text();
        long timeMillis = root.field("timeMillis").number(0, Genesis.MAX_TIME_MILLIS);
        return new Genesis(
                root.field("name").text(),
                prefix,
                root.field("development").truth(),
                timeMillis,
                engine(root.field("engine"), timeMillis),
                rules(root.field("rules")),
                root.field("allocations").elements(Genesis.MAX_ALLOCATIONS).stream()
                        .map(place -> allocation(place, prefix))
                        .toList());
    }

    private static EngineParameters engine(JsonPlace place, long timeMillis) {
        String name = place.anyObject().field("name").text();
        return switch (name) {
            case PowConsensus.NAME -> pow(place);
            case PbftConsensus.NAME -> pbft(place);
            case EngineParameters.Pos.NAME -> PosSection.read(place, timeMillis);
            default ->
                throw place.field("name")
                        .refuse("unknown engine '" + name + "'; this program has "
                                + String.join(", ", Preset.engines()));
        };
    }

    private static EngineParameters pbft(JsonPlace place) {
        place.object(
                "name", "baseTimeoutMillis", "maxTimeoutMillis", "heartbeatMillis", "futureDriftMillis", "members");
        long baseTimeoutMillis = place.field("baseTimeoutMillis").number(0, Long.MAX_VALUE);
        long maxTimeoutMillis = place.field("maxTimeoutMillis").number(0, Long.MAX_VALUE);
        long heartbeatMillis = place.field("heartbeatMillis").number(0, Long.MAX_VALUE);
        long futureDriftMillis = place.field("futureDriftMillis").number(0, Long.MAX_VALUE);
        PbftParameters parameters = place.check(
                () -> new PbftParameters(baseTimeoutMillis, maxTimeoutMillis, heartbeatMillis, futureDriftMillis));
        JsonPlace members = place.field("members");
        List<PublicKey> keys = members.elements(ValidatorSet.MAX_SIZE).stream()
                .map(member -> member.text(GenesisFile::key))
                .toList();
        return members.check(() -> new EngineParameters.Pbft(parameters, ValidatorSet.ofEqual(keys)));
    }

    static PublicKey key(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a public key of 64 lower-case hexadecimal digits is expected");
        }
        return PublicKey.of(HexFormat.of().parseHex(text)).requirePrimeOrder();
    }

    private static EngineParameters pow(JsonPlace place) {
        place.object(
                "name",
                "targetIntervalMillis",
                "halfLifeMillis",
                "powLimitBits",
                "initialBits",
                "futureDriftMillis",
                "medianTimeBlocks");
        long targetIntervalMillis = place.field("targetIntervalMillis").number(0, Long.MAX_VALUE);
        long halfLifeMillis = place.field("halfLifeMillis").number(0, Long.MAX_VALUE);
        CompactBits powLimit = place.field("powLimitBits").text(CompactBits::parse);
        CompactBits initialBits = place.field("initialBits").text(CompactBits::parse);
        long futureDriftMillis = place.field("futureDriftMillis").number(0, Long.MAX_VALUE);
        int medianTimeBlocks = (int) place.field("medianTimeBlocks").number(0, Integer.MAX_VALUE);
        return new EngineParameters.Pow(place.check(() -> new PowParameters(
                targetIntervalMillis, halfLifeMillis, powLimit, initialBits, futureDriftMillis, medianTimeBlocks)));
    }

    private static LedgerRules rules(JsonPlace place) {
        place.object("maxBlockBytes", "minFeePerByte", "reward", "halvingBlocks", "maturityBlocks");
        int maxBlockBytes = (int) place.field("maxBlockBytes").number(0, Integer.MAX_VALUE);
        long minFeePerByte = place.field("minFeePerByte").number(0, Long.MAX_VALUE);
        Amount reward = place.field("reward").text(Amount::parse);
        long halvingBlocks = place.field("halvingBlocks").number(0, Long.MAX_VALUE);
        int maturityBlocks = (int) place.field("maturityBlocks").number(0, Integer.MAX_VALUE);
        return place.check(() -> new LedgerRules(maxBlockBytes, minFeePerByte, reward, halvingBlocks, maturityBlocks));
    }

    private static Allocation allocation(JsonPlace place, String prefix) {
        place.object("address", "amount", "name");
        return new Allocation(
                place.field("address").text(text -> Address.parse(prefix, text)),
                place.field("amount").text(Amount::parse),
                place.optional("name").map(JsonPlace::text));
    }

    /** The file for a genesis; reading it back gives an equal one. */
    public static String write(Genesis genesis) {
        ObjectNode root = JSON.createObjectNode()
                .put("format", Genesis.FORMAT)
                .put("name", genesis.name())
                .put("addressPrefix", genesis.addressPrefix())
                .put("development", genesis.development())
                .put("timeMillis", genesis.timeMillis());
        writeEngine(genesis.engine(), root.putObject("engine"));
        LedgerRules rules = genesis.rules();
        root.putObject("rules")
                .put("maxBlockBytes", rules.maxBlockBytes())
                .put("minFeePerByte", rules.minFeePerByte())
                .put("reward", rules.reward().toString())
                .put("halvingBlocks", rules.halvingBlocks())
                .put("maturityBlocks", rules.maturityBlocks());
        writeAllocations(genesis.allocations(), genesis.addressPrefix(), root.putArray("allocations"));
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void writeEngine(EngineParameters engine, ObjectNode out) {
        switch (engine) {
            case EngineParameters.Pow pow ->
                out.put("name", pow.engine())
                        .put("targetIntervalMillis", pow.parameters().targetIntervalMillis())
                        .put("halfLifeMillis", pow.parameters().halfLifeMillis())
                        .put("powLimitBits", pow.parameters().powLimit().toString())
                        .put("initialBits", pow.parameters().initialBits().toString())
                        .put("futureDriftMillis", pow.parameters().futureDriftMillis())
                        .put("medianTimeBlocks", pow.parameters().medianTimeBlocks());
            case EngineParameters.Pbft pbft -> {
                out.put("name", pbft.engine())
                        .put("baseTimeoutMillis", pbft.parameters().baseTimeoutMillis())
                        .put("maxTimeoutMillis", pbft.parameters().maxTimeoutMillis())
                        .put("heartbeatMillis", pbft.parameters().heartbeatMillis())
                        .put("futureDriftMillis", pbft.parameters().futureDriftMillis());
                ArrayNode members = out.putArray("members");
                pbft.members()
                        .validators()
                        .forEach(member -> members.add(member.key().toString()));
            }
            case EngineParameters.Pos pos -> PosSection.write(pos, out);
        }
    }

    private static void writeAllocations(List<Allocation> allocations, String prefix, ArrayNode out) {
        for (Allocation allocation : allocations) {
            ObjectNode entry = out.addObject();
            Optional<String> name = allocation.name();
            name.ifPresent(text -> entry.put("name", text));
            entry.put("address", allocation.address().format(prefix))
                    .put("amount", allocation.amount().toString());
        }
    }
}
