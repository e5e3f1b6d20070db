package synod.node.rpc.jsonrpc;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import synod.crypto.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A declared parameter: its name, what it means, the JSON schema that describes it, and the reader that enforces it.
 *
 * @param <T> what the reader makes of the JSON
 */
public final class Param<T> {
    private final String name;
    private final String description;
    private final boolean required;
    private final ObjectNode schema;
    private final Reader<T> reader;

    private Param(String name, String description, boolean required, ObjectNode schema, Reader<T> reader) {
        this.name = name;
        this.description = description;
        this.required = required;
        this.schema = schema;
        this.reader = reader;
    }

    /** Turns JSON into a value; throws IllegalArgumentException with a sentence that says what is wrong. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(JsonNode json);
    }

    /** A string of at least one and at most so many characters. */
    public static Param<String> text(String name, String description, int maxLength) {
        ObjectNode schema = schema("string").put("minLength", 1).put("maxLength", maxLength);
        return new Param<>(name, description, true, schema, json -> {
            String text = string(json);
            if (text.isEmpty() || text.length() > maxLength) {
                throw new IllegalArgumentException("1 to " + maxLength + " characters expected, not " + text.length());
            }
            return text;
        });
    }

    /** One of a few words. */
    public static Param<String> choice(String name, String description, List<String> words) {
        ObjectNode schema = schema("string");
        words.forEach(schema.putArray("enum")::add);
        return new Param<>(name, description, true, schema, json -> {
            String text = string(json);
            if (!words.contains(text)) {
                throw new IllegalArgumentException("one of " + String.join(", ", words) + " expected");
            }
            return text;
        });
    }

    /** Thirty-two bytes, as 64 hexadecimal digits. */
    public static Param<Hash> hash(String name, String description) {
        ObjectNode schema = schema("string").put("pattern", "^[0-9a-fA-F]{64}$");
        return new Param<>(name, description, true, schema, json -> Hash.parse(string(json)));
    }

    /** Bytes, as an even number of hexadecimal digits. */
    public static Param<byte[]> bytes(String name, String description) {
        ObjectNode schema = schema("string").put("pattern", "^([0-9a-fA-F]{2})*$");
        return new Param<>(
                name, description, true, schema, json -> HexFormat.of().parseHex(string(json)));
    }

    /** A whole number between the bounds, both included. */
    public static Param<Long> integer(String name, String description, long min, long max) {
        ObjectNode schema = schema("integer").put("minimum", min).put("maximum", max);
        return new Param<>(name, description, true, schema, json -> {
            if (!json.isIntegralNumber()) {
                throw new IllegalArgumentException("a whole number expected");
            }
            if (!json.canConvertToLong() || json.longValue() < min || json.longValue() > max) {
                throw new IllegalArgumentException("a number from " + min + " to " + max + " expected");
            }
            return json.longValue();
        });
    }

    /** True or false. */
    public static Param<Boolean> flag(String name, String description) {
        return new Param<>(name, description, true, schema("boolean"), json -> {
            if (!json.isBoolean()) {
                throw new IllegalArgumentException("true or false expected");
            }
            return json.booleanValue();
        });
    }

    /** The same parameter, which may be left out; null then means the same as leaving it out. */
    public Param<T> optional() {
        return new Param<>(name, description, false, schema, reader);
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public boolean required() {
        return required;
    }

    /** A copy of the JSON schema. */
    public ObjectNode schema() {
        return schema.deepCopy();
    }

    /**
     * Reads the value; empty if it is left out and may be.
     *
     * @throws RpcException with {@link ErrorCode#INVALID_PARAMS} and this parameter's name
     */
    Optional<T> read(JsonNode json) throws RpcException {
        if (json.isMissingNode() || json.isNull()) {
            if (required) {
                throw RpcException.invalidParam(name, "'" + name + "' is missing: " + description);
            }
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(json));
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidParam(name, "'" + name + "': " + e.getMessage());
        }
    }

    private static String string(JsonNode json) {
        if (!json.isString()) {
            throw new IllegalArgumentException("a string expected");
        }
        return json.stringValue();
    }

    private static ObjectNode schema(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    @Override
    public String toString() {
        return name;
    }
}
