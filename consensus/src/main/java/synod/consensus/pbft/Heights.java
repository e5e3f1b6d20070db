package synod.consensus.pbft;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Ballot;
import synod.consensus.Buffer;
import synod.consensus.EngineStatus;
import synod.consensus.Validators;
import synod.consensus.quorum.CommitCertificate;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * One agreement after the other: opens the height above the head, hands it its messages, has its block decided, and
 * follows blocks that others decided.
 *
 * <p>A block's seal is a stable checkpoint (OSDI §4.3): when the head has moved, whatever was said of lower heights is
 * dropped, and who still speaks of them is told of the head.
 */
final class Heights {
    private final BlockTree tree;
    private final Validators validators;
    private final Member member;
    private final Probation probation;
    private final MessageBuffer buffer = new MessageBuffer();
    private final PbftStatus status;
    private final TreeMap<PublicKey, Long> announcedMillis = new TreeMap<>();
    private Agreement agreement;

    /** The block that is being journaled and executed. */
    private @Nullable Block deciding;

    /** The block decided last here, for members that lack its body. */
    private @Nullable Block lastDecided;

    /** The highest block that arrived while another was being decided. */
    private @Nullable Hash arrivedMeanwhile;

    /**
     * Takes up where the durable entries and the tree leave off.
     *
     * @param entries what this engine had made durable
     */
    Heights(
            BlockTree tree,
            Validators validators,
            Member member,
            Probation probation,
            SortedMap<ByteString, ByteString> entries,
            long nowMillis) {
        this.tree = tree;
        this.validators = validators;
        this.member = member;
        this.probation = probation;
        this.status = new PbftStatus(member);
        this.agreement = next();
        long height = agreement.open().height();
        Optional<PreparedCertificate> certificate =
                PreparedBlock.certificate(entries, member.rules().chainId(), height);
        begin(certificate, PreparedBlock.body(entries, height), nowMillis);
    }

    private Agreement next() {
        BlockNode head = tree.head();
        OpenHeight open = new OpenHeight(member.rules().chainId(), head, validators.next(), firstView(head));
        boolean trusted = probation.allows(open, member.guard().lastVoted(Ballot.Kind.COMMIT));
        return new Agreement(open, member, open.members().contains(member.key()) && trusted);
    }

    /** The next height begins where the last ended: its primary, having done its work, goes on. */
    private static long firstView(BlockNode head) {
        if (head.height() == 0) {
            return 0;
        }
        try {
            return CommitCertificate.decode(head.seal()).view();
        } catch (RejectedException e) {
            throw new IllegalStateException("the head " + head.header() + " has no seal: " + e.rejection(), e);
        }
    }

    private void begin(Optional<PreparedCertificate> certificate, Optional<Block> body, long nowMillis) {
        status.opened(agreement.open());
        announcedMillis.keySet().removeIf(key -> !agreement.open().members().contains(key));
        member.out().fallSilent();
        agreement.begin(certificate, body, nowMillis);
        for (PbftMessage message : buffer.take(agreement.open().height())) {
            if (agreement.decided().isEmpty()) {
                agreement.onMessage(message, nowMillis);
            }
        }
        decideIfDue();
    }

    /** Whether the agreement still has to do with the head's child. */
    private boolean isOpen() {
        return deciding == null
                && tree.head().id().equals(agreement.open().parent().id());
    }

    private void decideIfDue() {
        Optional<SealedBlock> decided = agreement.decided();
        if (deciding == null && decided.isPresent()) {
            deciding = decided.get().block();
            member.out().add(new Action.CancelTimer(Agreement.SUSPECT));
            member.out().add(new Action.Decide(decided.get()));
        }
    }

    void onMessage(PbftMessage message, long nowMillis) {
        OpenHeight open = agreement.open();
        Optional<PublicKey> author = message.author().filter(open.members()::contains);
        author.ifPresent(sender -> status.heard(sender, nowMillis));
        if (message.height() > open.height()) {
            buffer.add(message, open, agreement.view().number());
            author.ifPresent(_ -> agreement.onAhead());
        } else if (message.height() < open.height()) {
            author.ifPresent(sender -> onBehind(message, sender, nowMillis));
        } else if (isOpen()) {
            agreement.onMessage(message, nowMillis);
            decideIfDue();
        } else if (message instanceof BlockRequest request) {
            answer(request, deciding);
        }
    }

    /** A member asks about a height that is decided. */
    private void onBehind(PbftMessage message, PublicKey sender, long nowMillis) {
        switch (message) {
            case BlockRequest request -> answer(request, lastDecided);
            case ViewChange _, Status _ -> announce(sender, nowMillis);
            // who is only a little slower says these of a height that it is about to decide
            case PrePrepare _, Prepare _, Commit _, NewView _, BlockReply _ -> {}
        }
    }

    private void announce(PublicKey sender, long nowMillis) {
        long minDistanceMillis = member.timeouts().resendMillis(0) / 2;
        Long last = announcedMillis.get(sender);
        if (last == null || nowMillis - last >= minDistanceMillis) {
            announcedMillis.put(sender, nowMillis);
            member.out().add(new Action.Announce(sender));
        }
    }

    private void answer(BlockRequest request, @Nullable Block block) {
        if (block != null && block.id().equals(request.block())) {
            member.out().add(new Action.Send(request.sender(), new BlockReply(block)));
        }
    }

    void onTimer(String timer, long nowMillis) {
        if (!isOpen()) {
            return;
        }
        switch (timer) {
            case Agreement.SUSPECT -> agreement.onSuspectTimer(nowMillis);
            case Outgoing.RESEND -> agreement.onResendTimer();
            default -> throw new IllegalStateException("a timer '" + timer + "' that this engine never started");
        }
        decideIfDue();
    }

    void onWork(long nowMillis) {
        if (isOpen()) {
            agreement.onWork(nowMillis);
        }
    }

    void onBuilt(Block block, long nowMillis) {
        if (isOpen() && block.header().parent().equals(tree.head().id())) {
            agreement.onBuilt(block, nowMillis);
        }
    }

    void onValidated(Block block, Optional<Rejection> rejection, long nowMillis) {
        if (isOpen()) {
            agreement.onValidated(block, rejection, nowMillis);
            decideIfDue();
        }
    }

    /** A decided block, its seal checked, has come by synchronisation, with all its ancestors. */
    void onArrived(Hash id) {
        if (deciding != null) {
            boolean isHigher = arrivedMeanwhile == null || height(id) > height(arrivedMeanwhile);
            arrivedMeanwhile = isHigher ? id : arrivedMeanwhile;
        } else if (followsHead(id)) {
            member.out().add(new Action.Adopt(id));
        }
    }

    private boolean followsHead(Hash id) {
        BlockNode head = tree.head();
        BlockNode node = node(id);
        if (node.height() <= head.height()) {
            return false;
        }
        while (node.height() > head.height()) {
            node = node(node.parent());
        }
        return node.id().equals(head.id());
    }

    private long height(Hash id) {
        return node(id).height();
    }

    private BlockNode node(Hash id) {
        return tree.node(id)
                .orElseThrow(() -> new IllegalStateException("block " + id + " arrived and is not in the tree"));
    }

    /** The head has moved to this block, or, if it is refused, has not. */
    void onApplied(Hash id, Optional<Rejection> rejection, long nowMillis) {
        if (rejection.isPresent()) {
            status.refused(id, rejection.get());
            return;
        }
        Block decided = deciding;
        if (decided != null && decided.id().equals(id)) {
            lastDecided = decided;
            deciding = null;
        } else {
            member.out().add(new Action.Finalize(id));
            if (decided != null) {
                // the late answer to an adoption: the height above it has opened and is decided meanwhile
                return;
            }
        }
        if (!isOpen()) {
            agreement = next();
            begin(Optional.empty(), Optional.empty(), nowMillis);
        }
        Hash arrived = arrivedMeanwhile;
        arrivedMeanwhile = null;
        if (arrived != null) {
            onArrived(arrived);
        }
    }

    Buffer buffer() {
        return buffer.fill(agreement.open().members().size());
    }

    EngineStatus status(long nowMillis) {
        return status.at(agreement, deciding != null, nowMillis);
    }

    /** What this step does. */
    List<Action> drain() {
        return member.out().drain();
    }
}
