package synod.wallet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose fields are asked for by name and kind, in the order in which they were put.
 *
 * <p>Values are {@code JsonObject}, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean} or null. Accessors throw
 * {@link JsonShapeException} naming the field that is missing or of another kind, so that what others sent is checked
 * where it is used.
 */
final class JsonObject {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Sets a field; null is written as such. */
    JsonObject put(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /** Sets a field if there is something to set it to. */
    JsonObject putIfPresent(String name, Optional<?> value) {
        value.ifPresent(present -> fields.put(name, present));
        return this;
    }

    Set<String> names() {
        return fields.keySet();
    }

    /** Whether the field is there and not null. */
    boolean has(String name) {
        return fields.get(name) != null;
    }

    @Nullable
    Object value(String name) {
        return fields.get(name);
    }

    String text(String name) {
        return required(name, String.class, "text");
    }

    long number(String name) {
        return required(name, Long.class, "a whole number");
    }

    /** A number, whole or not. */
    double decimal(String name) {
        return required(name, Number.class, "a number").doubleValue();
    }

    boolean flag(String name) {
        return required(name, Boolean.class, "true or false");
    }

    JsonObject object(String name) {
        return required(name, JsonObject.class, "an object");
    }

    /** A field that holds an array of objects. */
    List<JsonObject> objects(String name) {
        return asObjects(required(name, List.class, "an array"), "'" + name + "'");
    }

    /** The value as a list of objects; {@code what} names it in the error. */
    static List<JsonObject> asObjects(@Nullable Object value, String what) {
        if (!(value instanceof List<?> list)) {
            throw new JsonShapeException(what + " is not an array");
        }
        return list.stream().map(item -> asObject(item, "an item of " + what)).toList();
    }

    /** The value as an object; {@code what} names it in the error. */
    static JsonObject asObject(@Nullable Object value, String what) {
        if (!(value instanceof JsonObject object)) {
            throw new JsonShapeException(what + " is not an object");
        }
        return object;
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    Optional<Long> optionalNumber(String name) {
        return has(name) ? Optional.of(number(name)) : Optional.empty();
    }

    Optional<JsonObject> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    private <T> T required(String name, Class<T> kind, String description) {
        Object value = fields.get(name);
        if (!kind.isInstance(value)) {
            throw new JsonShapeException(
                    "field '" + name + "' " + (value == null ? "is missing" : "is not " + description));
        }
        return kind.cast(value);
    }

    /** The object as one line of JSON. */
    @Override
    public String toString() {
        return Json.write(this);
    }
}
