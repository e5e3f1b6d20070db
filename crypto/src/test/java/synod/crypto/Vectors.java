package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Published test vectors: lines of fields separated by colons, after a first line that names the source. */
final class Vectors {
    private Vectors() {}

    static List<String[]> read(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            assertThat(in).as(name).isNotNull();
            List<String[]> records = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split(":", -1))
                    .toList();
            assertThat(records).as(name).isNotEmpty();
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
