package synod.sim.pos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.byzantine.Adversary;
import synod.node.journal.JournalEntry;
import synod.node.replica.Output;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;

/** Shows the second half of the validators other blocks in the place of its own ones, and hands those out when asked. */
final class OtherBlocks implements Adversary {
    private final LyingStaker self;
    private final Forgery forgery;
    private final Map<Hash, SealedBlock> instead = new TreeMap<>();
    private final Map<Hash, SealedBlock> byId = new TreeMap<>();

    /** What is shown in the place of a block of one's own; empty if that stays as it is. */
    @FunctionalInterface
    interface Forgery {
        /** Another block, sealed. */
        Optional<SealedBlock> of(SealedBlock own);
    }

    OtherBlocks(LyingStaker self, Forgery forgery) {
        this.self = self;
        this.forgery = forgery;
    }

    @Override
    public List<Output> corrupt(long nowMillis, List<Output> outputs) {
        List<Output> corrupted = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            if (output instanceof Output.Append(var _, var entries)) {
                entries.forEach(this::remember);
            }
            corrupted.addAll(corrupt(output));
        }
        return corrupted;
    }

    private void remember(JournalEntry entry) {
        if (entry instanceof JournalEntry.BlockEntry(var own)
                && own.block().header().core().proposer().equals(Address.of(self.key()))) {
            forgery.of(own).ifPresent(other -> {
                instead.put(own.block().id(), other);
                byId.put(other.block().id(), other);
            });
        }
    }

    private List<Output> corrupt(Output output) {
        return switch (output) {
            case Output.Send(var to, WireMessage.Headers(var headers, var last))
            when !self.isFirstHalf(to) ->
                List.of(new Output.Send(
                        to,
                        new WireMessage.Headers(
                                headers.stream().map(this::other).toList(), last)));
            case Output.Send(var to, WireMessage.NotFound(var ids)) -> {
                List<Output> given = new ArrayList<>();
                ids.forEach(id -> Optional.ofNullable(byId.get(id))
                        .ifPresent(block -> given.add(new Output.Send(to, new WireMessage.BlockBody(block)))));
                yield given.isEmpty() ? List.of(output) : given;
            }
            default -> List.of(output);
        };
    }

    private SealedHeader other(SealedHeader header) {
        SealedBlock other = instead.get(header.header().id());
        return other == null ? header : new SealedHeader(other.block().header(), other.seal());
    }

    /** A second block for the slot, as good as the first: a millisecond later. */
    static Forgery sibling(LyingStaker self) {
        return own -> {
            Block block = own.block();
            long later = block.header().timeMillis() + 1;
            boolean sameSlot = PosProtocol.CLOCK.slot(later) == PosProtocol.CLOCK.slot(later - 1);
            return sameSlot
                    ? Optional.of(sealed(self, LyingStaker.changed(block, later, Seals.proof(block.header())), own))
                    : Optional.empty();
        };
    }

    private static SealedBlock sealed(LyingStaker self, Block block, SealedBlock like) {
        return new SealedBlock(
                block, self.seal(block, Seals.certificate(like.block().header(), like.seal())));
    }
}
