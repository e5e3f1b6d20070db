package synod.genesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A place in a JSON document, and strict ways to read what stands there. Refusals name the place. */
record JsonPlace(JsonNode node, String path) {

    /** The whole document. */
    static JsonPlace root(JsonNode node) {
        return new JsonPlace(node, "$");
    }

    /** Refuses anything but an object. */
    JsonPlace anyObject() {
        if (!node.isObject()) {
            throw refuse("an object is expected, not " + describe());
        }
        return this;
    }

    /** Refuses anything but an object, and fields other than these. */
    JsonPlace object(String... allowed) {
        anyObject();
        List<String> fields = List.of(allowed);
        for (String field : node.propertyNames()) {
            if (!fields.contains(field)) {
                throw new InvalidGenesisException(
                        path + "." + printable(field), "unknown field; allowed are " + String.join(", ", fields));
            }
        }
        return this;
    }

    /** A field that must be there. */
    JsonPlace field(String name) {
        return optional(name)
                .orElseThrow(() -> new InvalidGenesisException(path + "." + name, "this field is missing"));
    }

    /** A field that may be absent. */
    Optional<JsonPlace> optional(String name) {
        return Optional.ofNullable(node.get(name)).map(value -> new JsonPlace(value, path + "." + name));
    }

    /** The elements of an array of at most so many. */
    List<JsonPlace> elements(int max) {
        if (!node.isArray()) {
            throw refuse("an array is expected, not " + describe());
        }
        if (node.size() > max) {
            throw refuse(node.size() + " elements; at most " + max + " are allowed");
        }
        List<JsonPlace> elements = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            elements.add(new JsonPlace(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** A string. */
    String text() {
        if (!node.isString()) {
            throw refuse("a string is expected, not " + describe());
        }
        return node.stringValue();
    }

    /** A string that a type reads; what the type refuses is refused here. */
    <T> T text(Function<String, T> parser) {
        return check(() -> parser.apply(text()));
    }

    /** True or false. */
    boolean truth() {
        if (!node.isBoolean()) {
            throw refuse("true or false is expected, not " + describe());
        }
        return node.booleanValue();
    }

    /** A whole number between these bounds, both allowed. */
    long number(long min, long max) {
        if (!node.isIntegralNumber()) {
            throw refuse("a whole number from " + min + " to " + max + " is expected, not " + describe());
        }
        BigInteger value = node.bigIntegerValue();
        if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw refuse(value + " is not " + min + " to " + max);
        }
        return value.longValueExact();
    }

    /** Makes a value of the type that belongs here; what its constructor refuses is refused here. */
    <T> T check(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (InvalidGenesisException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw refuse(String.valueOf(e.getMessage()));
        }
    }

    /** The refusal of what stands here. */
    InvalidGenesisException refuse(String problem) {
        return new InvalidGenesisException(path, problem);
    }

    private String describe() {
        if (node.isNull()) {
            return "null";
        }
        return node.isContainer() ? (node.isArray() ? "an array" : "an object") : printable(node.toString());
    }

    /** What somebody else wrote, cut and without control characters, for a message. */
    private static String printable(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
