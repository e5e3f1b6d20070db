package synod.consensus.pow.search.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Cuts the words that a result needs into pieces, each for one method, and gives a slot of the area to every word that
 * one piece computes and another reads.
 */
final class Plan {
    private final List<Word> uniforms = new ArrayList<>();
    private final List<List<Word>> shared = new ArrayList<>();
    private final List<List<Word>> versioned = new ArrayList<>();
    private final Map<Word, Integer> uniformIndexes = new HashMap<>();
    private final Map<Word, Integer> slots = new HashMap<>();
    private final AreaLayout layout;

    /**
     * Plans the computation of a graph's last word.
     *
     * @param pieceWords at most so many words a piece
     * @param lanes words a slot
     */
    Plan(DoubleHashGraph graph, int pieceWords, int lanes) {
        List<Word> needed = needed(graph.graph().words(), graph.lastWord());
        int given = DoubleHashGraph.MIDSTATE_WORDS + DoubleHashGraph.TAIL_WORDS;
        for (Word word : needed) {
            if (word.operation() == Operation.INPUT) {
                uniformIndexes.put(word, word.number());
            } else if (!word.perNonce() && !word.isConstant()) {
                uniformIndexes.put(word, given + uniforms.size());
                uniforms.add(word);
            }
        }
        cut(
                needed.stream()
                        .filter(word -> word.perNonce() && !word.perVersion())
                        .toList(),
                pieceWords,
                shared);
        cut(needed.stream().filter(word -> word.perNonce() && word.perVersion()).toList(), pieceWords, versioned);

        List<AreaLayout.Entry> constants = new ArrayList<>();
        List<AreaLayout.Entry> perHeader = new ArrayList<>();
        List<AreaLayout.Entry> perVersion = new ArrayList<>();
        int areaWords = 0;
        int versionWords = 0;
        for (Word word : fed(needed)) {
            if (word.perVersion()) {
                perVersion.add(new AreaLayout.Entry(uniformIndex(word), versionWords));
                slots.put(word, versionWords);
                versionWords += lanes;
            } else {
                if (word.isConstant()) {
                    constants.add(new AreaLayout.Entry(word.number(), areaWords));
                } else {
                    perHeader.add(new AreaLayout.Entry(uniformIndex(word), areaWords));
                }
                slots.put(word, areaWords);
                areaWords += lanes;
            }
        }
        int laneOffsets = areaWords;
        int mask = laneOffsets + lanes;
        layout = new AreaLayout(
                spill(mask + lanes, lanes, graph.lastWord()),
                versionWords,
                laneOffsets,
                mask,
                given + uniforms.size(),
                constants,
                perHeader,
                perVersion);
    }

    /** What is computed once for a header and version, in order. */
    List<Word> uniforms() {
        return uniforms;
    }

    /** The pieces that are computed once for a group of nonces. */
    List<List<Word>> shared() {
        return shared;
    }

    /** The pieces that are computed for each version; the last computes the result last. */
    List<List<Word>> versioned() {
        return versioned;
    }

    AreaLayout layout() {
        return layout;
    }

    /**
     * The place of a word that a piece reads and does not compute, or that another piece reads: in the version's array if it
     * depends on the version and not on the nonce, else in the area.
     */
    int slot(Word word) {
        return known(slots, word);
    }

    /** Whether another piece reads this computed word. */
    boolean isSpilled(Word word) {
        return slots.containsKey(word);
    }

    /** The index of a word that does not depend on the nonce. */
    int uniformIndex(Word word) {
        return known(uniformIndexes, word);
    }

    private static int known(Map<Word, Integer> places, Word word) {
        Integer place = places.get(word);
        if (place == null) {
            throw new IllegalStateException("the plan has no place for " + word);
        }
        return place;
    }

    private static List<Word> needed(List<Word> words, Word result) {
        BitSet marked = new BitSet();
        marked.set(result.id());
        List<Word> needed = new ArrayList<>();
        for (Word word : words.reversed()) {
            if (marked.get(word.id())) {
                needed.add(word);
                word.inputs().forEach(input -> marked.set(input.id()));
            }
        }
        return needed.reversed();
    }

    private static void cut(List<Word> words, int pieceWords, List<List<Word>> pieces) {
        int count = Math.ceilDiv(words.size(), pieceWords);
        for (int i = 0; i < count; i++) {
            pieces.add(words.subList(words.size() * i / count, words.size() * (i + 1) / count));
        }
    }

    /** What computed words read and is not computed. */
    private static Set<Word> fed(List<Word> needed) {
        Set<Word> fed = new LinkedHashSet<>();
        for (Word word : needed) {
            if (word.perNonce()) {
                for (Word input : word.inputs()) {
                    if (!input.perNonce()) {
                        fed.add(input);
                    }
                }
            }
        }
        return fed;
    }

    /** Gives slots from {@code free} on; those of words that nobody reads any more are used again. Returns the end. */
    private int spill(int free, int lanes, Word result) {
        List<List<Word>> pieces = new ArrayList<>(shared);
        pieces.addAll(versioned);
        Map<Word, Integer> lastReader = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (Word word : pieces.get(i)) {
                for (Word input : word.inputs()) {
                    // each version reads again what serves all of them
                    boolean toTheEnd = word.perVersion() && !input.perVersion();
                    lastReader.put(input, toTheEnd ? pieces.size() : i);
                }
            }
        }
        if (pieces.getLast().getLast() != result) {
            throw new IllegalStateException("the result is not what is computed last");
        }
        int end = free;
        Deque<Integer> reusable = new ArrayDeque<>();
        TreeMap<Integer, List<Integer>> freedAfter = new TreeMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (Word word : pieces.get(i)) {
                int last = lastReader.getOrDefault(word, i);
                if (last > i) {
                    int slot;
                    if (reusable.isEmpty()) {
                        slot = end;
                        end += lanes;
                    } else {
                        slot = reusable.pop();
                    }
                    slots.put(word, slot);
                    freedAfter.computeIfAbsent(last, after -> new ArrayList<>()).add(slot);
                }
            }
            reusable.addAll(freedAfter.getOrDefault(i, List.of()));
        }
        return end;
    }
}
