package synod.node.rpc.jsonrpc;

import com.fasterxml.jackson.annotation.JsonInclude;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.crypto.Hash;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The one JSON reader and writer of this interface: strict and bounded in what it reads, hashes and amounts as text. */
public final class Json {
    /** Objects and arrays within each other: a batch, a request, its parameters, and room to say what is wrong. */
    static final int MAX_DEPTH = 16;

    /** Tokens of one document: enough for a full batch with many parameters each. */
    static final int MAX_TOKENS = 20_000;

    /** The longest string: several times the longest transaction. */
    static final int MAX_STRING_LENGTH = 16 << 10;

    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_NUMBER_LENGTH = 40;

    /** Reads and writes; safe for use by many threads. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // the request reader looks for itself
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(SerializationFeature.WRAP_EXCEPTIONS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addModule(new SimpleModule("synod")
                    .addSerializer(Hash.class, ToStringSerializer.instance)
                    .addSerializer(Amount.class, ToStringSerializer.instance)
                    .addSerializer(ByteString.class, ToStringSerializer.instance))
            .build();

    private Json() {}
}
