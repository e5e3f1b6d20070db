package synod.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** Named values from a file under {@code vectors/}: lines of {@code name = hexadecimal digits}. */
public final class Vectors {
    private final TreeMap<String, String> values = new TreeMap<>();

    private Vectors(Properties properties) {
        properties.forEach((name, value) -> values.put((String) name, (String) value));
    }

    public static Vectors load(String file) {
        Properties properties = new Properties();
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file);
                Reader reader = new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Vectors(properties);
    }

    public String text(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    public byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    public TreeMap<String, String> all() {
        return values;
    }
}
