package synod.consensus.pow.search.code;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum that is computed only where its value is needed, so that parts that do not depend on the nonce, or not on the
 * version, are added once and outside the loop.
 *
 * <p>It keeps the terms that depend on the nonce apart from the rest. A sum with at most one such term dissolves in a
 * greater sum, since its rest then joins the greater sum's for nothing; any other is a term by itself.
 */
final class Sum {
    private final WordGraph graph;
    private final List<Word> terms;
    private final List<Word> uniform;
    private @Nullable Word value;

    private Sum(WordGraph graph, List<Word> terms, List<Word> uniform) {
        this.graph = graph;
        this.terms = terms;
        this.uniform = uniform;
    }

    /** A sum of one word. */
    static Sum of(WordGraph graph, Word word) {
        return word.perNonce() ? new Sum(graph, List.of(word), List.of()) : new Sum(graph, List.of(), List.of(word));
    }

    /** The sum of sums. What is ready last should stand last. */
    static Sum of(WordGraph graph, Sum... parts) {
        List<Word> terms = new ArrayList<>();
        List<Word> uniform = new ArrayList<>();
        for (Sum part : parts) {
            if (part.terms.size() > 1) {
                terms.add(part.value());
            } else {
                terms.addAll(part.terms);
                uniform.addAll(part.uniform);
            }
        }
        return new Sum(graph, terms, uniform);
    }

    /** The word that is the sum: made at the first call. */
    Word value() {
        Word made = value;
        if (made == null) {
            made = make();
            value = made;
        }
        return made;
    }

    private Word make() {
        // What serves all versions is added first, by itself.
        Word rest = graph.plus(total(uniform, false), total(uniform, true));
        Word sum = graph.plus(total(terms, false), rest);
        for (Word term : terms) {
            if (term.perVersion()) {
                sum = graph.plus(sum, term);
            }
        }
        return sum;
    }

    private Word total(List<Word> words, boolean perVersion) {
        Word total = graph.constant(0);
        for (Word word : words) {
            if (word.perVersion() == perVersion) {
                total = graph.plus(total, word);
            }
        }
        return total;
    }
}
