package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Entry;
import synod.consensus.Event;
import synod.consensus.Message;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * The simplest engine that does not fork, to try the contract with: member 0 leads for ever, the others vote for what it
 * proposes, and a majority's votes decide. Votes and proposals are durable before they are said, and signed by nobody.
 */
final class AppointedEngine implements Engine {
    private static final ByteString PROPOSED = ByteString.of(new byte[] {'p'});
    private static final ByteString VOTED = ByteString.of(new byte[] {'v'});
    private static final String RESEND = "resend";
    private static final long RESEND_MILLIS = 400;
    private static final long HEARTBEAT_MILLIS = 2_000;

    private final List<PublicKey> members;
    private final int self;
    private final BlockTree tree;
    private final boolean forgetful;
    private final TreeSet<Integer> votes = new TreeSet<>();
    private @Nullable Block proposal;
    private long votedHeight = -1;
    private Hash voted = Hash.ZERO;

    /** What members say. */
    record Proposal(Block block) implements Message {
        @Override
        public byte[] encode() {
            return new Encoder(256).u8(1).raw(block.encode()).toBytes();
        }
    }

    /** A member's vote for a block. */
    record Vote(int member, long height, Hash block) implements Message {
        @Override
        public byte[] encode() {
            return new Encoder(64).u8(2).u8(member).u64(height).hash(block).toBytes();
        }
    }

    /**
     * Member number {@code self}.
     *
     * @param forgetful whether to say things before they are durable, as no engine may
     */
    AppointedEngine(List<PublicKey> members, int self, BlockTree tree, boolean forgetful) {
        this.members = List.copyOf(members);
        this.self = self;
        this.tree = tree;
        this.forgetful = forgetful;
    }

    static Message decode(byte[] encoded) throws RejectedException {
        Decoder in = new Decoder(encoded);
        Message message = in.u8() == 1 ? new Proposal(Block.decode(in)) : new Vote(in.u8(), in.u63(), in.hash());
        in.finish();
        return message;
    }

    private boolean leads() {
        return self == 0;
    }

    @Override
    public List<Action> step(Event event) {
        return switch (event) {
            case Event.Started(var now, var entries) -> start(now, entries);
            case Event.BlockBuilt(var _, var block) -> List.of(new Action.Validate(block));
            case Event.BlockValidated(var _, var block, var rejection) -> rejection.isEmpty() ? vote(block) : List.of();
            case Event.Received(var _, var message) -> onMessage(message.value());
            case Event.TimerFired _ -> resend();
            case Event.BlockArrived(var _, var id) -> List.of(new Action.Adopt(id));
            case Event.BlockApplied(var now, var id, var rejection) -> onApplied(now, id, rejection.isEmpty());
            case Event.WorkWaits _ -> List.of();
            case Event.Sealed sealed -> throw new IllegalStateException("nobody mines here: " + sealed);
        };
    }

    private List<Action> start(long now, java.util.SortedMap<ByteString, ByteString> entries) {
        try {
            if (entries.containsKey(VOTED)) {
                Decoder in = new Decoder(entries.get(VOTED).bytes());
                votedHeight = in.u63();
                voted = in.hash();
            }
            if (entries.containsKey(PROPOSED)) {
                Block block = Block.decode(new Decoder(entries.get(PROPOSED).bytes()));
                if (block.header().parent().equals(tree.head().id())) {
                    return propose(block);
                }
            }
        } catch (RejectedException e) {
            throw new IllegalStateException("the disk holds what this engine did not write", e);
        }
        return build(now);
    }

    private List<Action> build(long now) {
        return leads()
                ? List.of(new Action.BuildBlock(
                        tree.head().id(), Address.NONE, now, 0, Hash.ZERO, ByteString.EMPTY, now + HEARTBEAT_MILLIS))
                : List.of();
    }

    private List<Action> vote(Block block) {
        if (block.height() < votedHeight
                || block.height() == votedHeight && !block.id().equals(voted)) {
            return List.of();
        }
        votedHeight = block.height();
        voted = block.id();
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(
                VOTED,
                ByteString.of(new Encoder(40).u64(votedHeight).hash(voted).toBytes())));
        if (leads()) {
            entries.add(new Entry(PROPOSED, ByteString.of(block.encode())));
            return say(entries, propose(block));
        }
        return say(entries, List.of(new Action.Send(members.getFirst(), new Vote(self, block.height(), block.id()))));
    }

    private List<Action> say(List<Entry> entries, List<Action> then) {
        return forgetful ? then : List.of(new Action.Persist(entries, then));
    }

    private List<Action> propose(Block block) {
        proposal = block;
        votes.clear();
        votes.add(self);
        return resend();
    }

    private List<Action> resend() {
        return proposal == null
                ? List.of()
                : List.of(new Action.Broadcast(new Proposal(proposal)), new Action.StartTimer(RESEND, RESEND_MILLIS));
    }

    private List<Action> onMessage(Message message) {
        return switch (message) {
            case Proposal(var block)
            when block.header().parent().equals(tree.head().id()) -> List.of(new Action.Validate(block));
            case Vote(var member, var _, var id)
            when proposal != null && proposal.id().equals(id) -> {
                votes.add(member);
                yield votes.size() > members.size() / 2 ? decide(proposal) : List.of();
            }
            default -> List.of();
        };
    }

    private List<Action> decide(Block block) {
        proposal = null;
        Encoder seal = new Encoder(members.size());
        votes.forEach(seal::u8);
        return List.of(
                new Action.CancelTimer(RESEND),
                new Action.Decide(new SealedBlock(block, ByteString.of(seal.toBytes()))));
    }

    private List<Action> onApplied(long now, Hash id, boolean adopted) {
        if (!adopted) {
            throw new IllegalStateException("a decided block was refused: " + id);
        }
        return leads() ? build(now) : List.of(new Action.Finalize(id));
    }

    @Override
    public EngineStatus status(long nowMillis) {
        return new EngineStatus(
                leads() ? "leader" : "follower",
                Optional.ofNullable(proposal)
                        .map(block -> "waits for votes on " + block)
                        .orElse("waits"),
                new TreeMap<>());
    }
}
