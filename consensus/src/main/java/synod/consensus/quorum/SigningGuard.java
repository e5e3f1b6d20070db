package synod.consensus.quorum;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.Ballot;
import synod.consensus.Entry;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.crypto.Hash;

/**
 * The only way to sign a ballot: it refuses to contradict what this member signed or promised before, also across
 * restarts, for its whole state is the entries that it hands out.
 *
 * <p>Whoever gets a vote from it makes the vote's entry durable before saying the vote. A refusal is a defect of the
 * engine above, never an input's fault, and stops the node.
 */
public final class SigningGuard {
    private static final ByteString PROMISE = key("guard/promise");

    private final Signer signer;
    private final Hash chainId;
    private final Map<Ballot.Kind, Place> voted = new EnumMap<>(Ballot.Kind.class);
    private Optional<Place> promised = Optional.empty();

    /** A vote, and what must be durable before it is said. */
    public record GuardedVote(Vote vote, Entry entry) {}

    private record Place(long height, long view, Hash block) {
        Entry entry(ByteString key) {
            return new Entry(
                    key,
                    ByteString.of(
                            new Encoder(48).u64(height).u64(view).hash(block).toBytes()));
        }

        boolean isAfter(long otherHeight, long otherView) {
            return height > otherHeight || height == otherHeight && view > otherView;
        }
    }

    /** A guard that knows what the entries say. */
    public SigningGuard(Signer signer, Hash chainId, SortedMap<ByteString, ByteString> entries) {
        this.signer = signer;
        this.chainId = chainId;
        promised = read(entries, PROMISE);
        for (Ballot.Kind kind : Ballot.Kind.values()) {
            read(entries, key(kind)).ifPresent(place -> voted.put(kind, place));
        }
    }

    /** The lowest view of this height in which it may still vote; empty if any. */
    public Optional<Long> floor(long height) {
        return Stream.concat(promised.stream(), voted.values().stream())
                .filter(place -> place.height() == height)
                .map(Place::view)
                .max(Long::compare);
    }

    /** The height of the last vote of this kind, if there was any since the disk was empty. */
    public Optional<Long> lastVoted(Ballot.Kind kind) {
        return Optional.ofNullable(voted.get(kind)).map(Place::height);
    }

    /** What it voted for, with a vote of this kind, at this height and in this view. */
    public Optional<Hash> voted(Ballot.Kind kind, long height, long view) {
        return Optional.ofNullable(voted.get(kind))
                .filter(place -> place.height() == height && place.view() == view)
                .map(Place::block);
    }

    /**
     * Signs a ballot; the same one as often as asked.
     *
     * @throws IllegalStateException if it voted or promised otherwise
     */
    public GuardedVote vote(Ballot.Kind kind, long height, long view, Hash block) {
        requireAtOrAbove(height, view, kind + " for " + block);
        voted(kind, height, view).filter(earlier -> !earlier.equals(block)).ifPresent(earlier -> {
            throw new IllegalStateException("a second " + kind + " at height " + height + " in view " + view + ", for "
                    + block + " after " + earlier);
        });
        Place place = new Place(height, view, block);
        voted.put(kind, place);
        Ballot ballot = new Ballot(kind, chainId, height, view, block);
        return new GuardedVote(
                new Vote(ballot, signer.publicKey(), signer.sign(ballot.signedBytes())), place.entry(key(kind)));
    }

    /**
     * Promises to vote at this height in no view below this one.
     *
     * @throws IllegalStateException if it voted or promised above it before
     */
    public Entry promise(long height, long view) {
        requireAtOrAbove(height, view, "promise");
        Place place = new Place(height, view, Hash.ZERO);
        promised = Optional.of(place);
        return place.entry(PROMISE);
    }

    private void requireAtOrAbove(long height, long view, String what) {
        Stream.concat(promised.stream(), voted.values().stream())
                .filter(place -> place.isAfter(height, view))
                .findFirst()
                .ifPresent(place -> {
                    throw new IllegalStateException("a " + what + " at height " + height + " in view " + view
                            + ", after having gone on to height " + place.height() + ", view " + place.view());
                });
    }

    private static Optional<Place> read(SortedMap<ByteString, ByteString> entries, ByteString key) {
        ByteString value = entries.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            Decoder in = new Decoder(value.bytes());
            Place place = new Place(in.u63(), in.u63(), in.hash());
            in.finish();
            return Optional.of(place);
        } catch (RejectedException e) {
            throw new IllegalStateException("the entry " + key + " is none that this guard wrote", e);
        }
    }

    private static ByteString key(Ballot.Kind kind) {
        return key("guard/" + kind);
    }

    private static ByteString key(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
