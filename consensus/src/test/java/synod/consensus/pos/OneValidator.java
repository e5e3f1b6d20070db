package synod.consensus.pos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.stake.CheckpointVote;
import synod.chain.state.Account;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Entry;
import synod.consensus.Event;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** One validator, number 0 of four with the same stake, in virtual time, on a disk and a ledger that the test looks after. */
abstract class OneValidator {
    static final LedgerRules RULES = new LedgerRules(1 << 20, 1, Amount.ZERO, 0, 0);

    final StakeChain chain = new StakeChain(10, 10, 10, 10);
    final TreeMap<ByteString, ByteString> disk = new TreeMap<>();
    final Deque<Action.Persist> writing = new ArrayDeque<>();
    final List<Action> done = new ArrayList<>();
    Amount balance = Amount.ofCoins(1);
    PosEngine engine = engine(Optional.empty());
    long now = StakeChain.T0;

    PosEngine engine(Optional<WeakCheckpoint> checkpoint) {
        return new PosEngine(
                chain.consensus,
                chain,
                () -> chain,
                _ -> new Account(balance, 0),
                new PosSettings(
                        chain.signers.getFirst(),
                        StakeChain.prover(chain.signers.getFirst().publicKey()),
                        RULES,
                        checkpoint));
    }

    void start() {
        feed(new Event.Started(now, new TreeMap<>(disk)));
    }

    void feed(Event event) {
        engine.step(event).forEach(this::execute);
    }

    void execute(Action action) {
        done.add(action);
        switch (action) {
            case Action.Persist persist -> writing.add(persist);
            case Action.Adopt(var block) -> adopt(chain.node(block).orElseThrow());
            case Action.BuildBlock request -> feed(new Event.BlockBuilt(now, build(request)));
            case Action.Publish(var block) -> {
                chain.add(block);
                feed(new Event.Sealed(now, block.block()));
            }
            default -> {}
        }
    }

    void adopt(BlockNode block) {
        Optional<BlockNode> refused = chain.firstBroken(block);
        if (refused.isEmpty()) {
            chain.setHead(block);
        }
        refused.ifPresent(broken -> chain.markInvalid(broken.id()));
        feed(new Event.BlockApplied(
                now, block.id(), refused.map(broken -> new Rejection(Reason.BAD_STATE_ROOT, broken + " is broken"))));
    }

    Block build(Action.BuildBlock request) {
        HeaderCore core = new HeaderCore(
                chain.genesis.id(),
                chain.head().height() + 1,
                0,
                request.timeMillis(),
                request.proposer(),
                Block.transactionsRoot(List.of()),
                Hash.ZERO,
                Sha256.hash(),
                chain.validators().root(),
                request.engineField());
        return new Block(new BlockHeader(BlockHeader.VERSION, request.parent(), core, 0, 0), List.of());
    }

    /** What waits for the disk is on it. */
    void sync() {
        while (!writing.isEmpty()) {
            Action.Persist persist = writing.removeFirst();
            for (Entry entry : persist.entries()) {
                if (entry.value().size() == 0) {
                    disk.remove(entry.key());
                } else {
                    disk.put(entry.key(), entry.value());
                }
            }
            persist.then().forEach(this::execute);
        }
    }

    void slot(long slot) {
        now = StakeChain.timeOf(slot);
        feed(new Event.TimerFired(now, PosEngine.SLOT_TIMER));
    }

    void arrives(BlockNode node) {
        feed(new Event.BlockArrived(now, node.id()));
    }

    void hears(int voter, CheckpointVote vote) {
        feed(new Event.Received(now, new Verified<>(chain.ballot(voter, vote))));
    }

    <T extends Action> List<T> done(Class<T> kind) {
        return done.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<CheckpointVote> votes() {
        return done(Action.Broadcast.class).stream()
                .map(said -> (CheckpointBallot) said.message())
                .filter(ballot -> ballot.voter().equals(chain.signers.getFirst().publicKey()))
                .map(CheckpointBallot::vote)
                .distinct()
                .toList();
    }

    /** A branch of others' blocks in these slots. */
    BlockNode branch(BlockNode from, int validator, long... slots) {
        BlockNode node = from;
        for (long slot : slots) {
            node = chain.add(node, slot, validator);
        }
        return node;
    }

    /** The node is restarted with what is on its disk. */
    void restart(Optional<WeakCheckpoint> checkpoint) {
        sync();
        engine = engine(checkpoint);
        done.clear();
        start();
    }
}
