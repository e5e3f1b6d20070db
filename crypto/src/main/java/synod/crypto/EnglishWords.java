package synod.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** The English word list of BIP-39: 2048 words, in alphabetical order, each standing for its index of 11 bits. */
final class EnglishWords {
    private static final String RESOURCE = "bip39-english.txt";
    private static final List<String> WORDS = load();

    private EnglishWords() {}

    static String word(int index) {
        return WORDS.get(index);
    }

    /** The index of a word, negative if it is not in the list. */
    static int indexOf(String word) {
        return Collections.binarySearch(WORDS, word);
    }

    private static List<String> load() {
        try (InputStream in = EnglishWords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing from the program");
            }
            List<String> words = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            if (words.size() != 2048) {
                throw new IllegalStateException("the resource " + RESOURCE + " has " + words.size() + " words");
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
        }
    }
}
