package synod.sim.mutation;

import java.util.List;
import java.util.Set;

/** What is broken, and who must notice. */
final class MutationTable {
    private static final String PBFT = "consensus/src/main/java/synod/consensus/pbft/";
    private static final String POS = "consensus/src/main/java/synod/consensus/pos/";
    private static final String STAKE = "chain/src/main/java/synod/chain/stake/";
    private static final String QUORUM = "consensus/src/main/java/synod/consensus/quorum/";
    private static final String REPLICA = "node/src/main/java/synod/node/replica/";

    private MutationTable() {}

    /** Those that are noticed within a few seeds, one for each of the most important checkers. */
    static List<Mutation> quick() {
        Set<String> names = Set.of(
                "vote sent before it is persisted",
                "quorum one too small",
                "lock forgotten on restart",
                "transaction acknowledged before it is durable");
        return all().stream()
                .filter(mutation -> names.contains(mutation.name()))
                .toList();
    }

    static List<Mutation> all() {
        return List.of(
                pbft(
                        "vote sent before it is persisted",
                        PBFT + "Outgoing.java",
                        "add(new Action.Persist(entries, List.of(new Action.Broadcast(message))));",
                        "add(new Action.Broadcast(message)); add(new Action.Persist(entries, List.of()));",
                        5,
                        "SaidAfterDurable"),
                pbft(
                        "vote never persisted",
                        PBFT + "NormalCase.java",
                        "member.out().say(List.of(own.entry()), new Prepare(own.vote()));",
                        "member.out().say(List.of(), new Prepare(own.vote()));",
                        5,
                        "SaidAfterDurable"),
                pbft(
                        "quorum one too small",
                        QUORUM + "Quorum.java",
                        "return (members + maxFaulty() + 2) / 2;",
                        "return (members + maxFaulty() + 2) / 2 - 1;",
                        20,
                        "PreparedAgree",
                        "SealStandsAlone"),
                pbft(
                        "prepared with one prepare too few",
                        PBFT + "NormalCase.java",
                        "if (matching.size() < open.quorum().size() - 1) {",
                        "if (matching.size() < open.quorum().size() - 2) {",
                        20,
                        "PreparedAgree",
                        "SealStandsAlone"),
                pbft(
                        "decided with f + 1 commits",
                        PBFT + "NormalCase.java",
                        "if (matching.size() < open.quorum().size()) {",
                        "if (matching.size() < open.quorum().weakSize()) {",
                        20,
                        "SealStandsAlone",
                        "HonestFramesPass"),
                pbft(
                                "primary's own prepare counted beside its proposal",
                                PBFT + "NormalCase.java",
                                "if (its < view.number() || vote.voter().equals(open.primary(its))) {",
                                "if (its < view.number()) {",
                                400,
                                "PreparedAgree")
                        .with("self-prepare"),
                pbft(
                        "prepared proofs ignored in a new view",
                        PBFT + "NewView.java",
                        "                .flatMap(change -> change.prepared().stream())\n                .max(",
                        "                .flatMap(change -> java.util.stream.Stream.<PreparedCertificate>of())\n"
                                + "                .max(",
                        400,
                        "NewViewBound",
                        "CommittedSurvives",
                        "OneFinalBlock",
                        "PreparedAgree",
                        "NoDefect"),
                pbft(
                        "of several prepared proofs the lowest view's taken",
                        PBFT + "NewView.java",
                        ".max(Comparator.comparingLong(PreparedCertificate::view));",
                        ".min(Comparator.comparingLong(PreparedCertificate::view));",
                        3_000,
                        "CommittedSurvives",
                        "OneFinalBlock",
                        "NewViewBound"),
                pbft(
                        "view changes omit what was prepared",
                        PBFT + "ViewChanges.java",
                        "ViewChange.sign(member.signer(), open, next, normal.prepared());",
                        "ViewChange.sign(member.signer(), open, next, java.util.Optional.empty());",
                        50,
                        "LockKept"),
                pbft(
                                "new view accepted with too few view changes",
                                PBFT + "NewView.java",
                                "&& senders >= open.quorum().size()",
                                "",
                                400,
                                "NewViewBound",
                                "CommittedSurvives",
                                "OneFinalBlock")
                        .with("wrong-new-view"),
                pbft(
                        "lock forgotten on restart",
                        PBFT + "Heights.java",
                        "PreparedBlock.certificate(entries, member.rules().chainId(), height);",
                        "Optional.empty();",
                        400,
                        "CommittedSurvives",
                        "OneFinalBlock",
                        "LockKept"),
                pbft(
                        "votes forgotten on restart",
                        QUORUM + "SigningGuard.java",
                        "read(entries, key(kind)).ifPresent(place -> voted.put(kind, place));",
                        "read(entries, key(kind));",
                        200,
                        "NoContradiction",
                        "LockKept"),
                pbft(
                                "one signature counted for every signer of a seal",
                                QUORUM + "CommitCertificate.java",
                                "if (!verifier.verifies(members.key(entry.getKey()), signed, entry.getValue())) {",
                                "if (members.validators().stream()"
                                        + ".noneMatch(one -> verifier.verifies(one.key(), signed, entry.getValue()))) {",
                                400,
                                "SealStandsAlone")
                        .with("forged-seal"),
                pbft(
                                "seal's members not checked against the parent",
                                QUORUM + "CommitCertificate.java",
                                "return members.root().equals(validatorsRoot)",
                                "return members.root().equals(members.root())",
                                400,
                                "SealStandsAlone",
                                "NoDefect")
                        .with("forged-seal"),
                pbft(
                                "backup prepares without executing the block",
                                PBFT + "NormalCase.java",
                                "            validate(message.block());\n        }\n    }\n\n    private void prepare(",
                                "            prepare(message.block().id());\n        }\n    }\n\n    private void prepare(",
                                400,
                                "NoDefect")
                        .with("invalid-block"),
                pbft(
                        "new view told before the own view change in it is durable",
                        PBFT + "Outgoing.java",
                        "add(new Action.Persist(List.of(), List.of(saying)));",
                        "add(saying);",
                        50,
                        "SaidAfterDurable"),
                pbft(
                                "backup ignores what the new view binds it to",
                                PBFT + "NormalCase.java",
                                "bound().or(() -> voted(Ballot.Kind.PREPARE))",
                                "voted(Ballot.Kind.PREPARE)",
                                400,
                                "NewViewBound",
                                "CommittedSurvives",
                                "OneFinalBlock")
                        .with("disobey"),
                pbft(
                                "prepares in a prepared certificate not counted",
                                PBFT + "PreparedCertificate.java",
                                "&& backups >= open.quorum().size() - 1;",
                                ";",
                                400,
                                "NewViewBound",
                                "CommittedSurvives",
                                "OneFinalBlock",
                                "HonestUnpunished")
                        .with("forged-proof"),
                pbft(
                        "no joining of f + 1 that want another view",
                        PBFT + "ViewChangeTally.java",
                        "higher.size() >= open.quorum().weakSize()",
                        "higher.size() > open.members().size()",
                        50,
                        "PromptJoin"),
                pbft(
                        "nothing said again",
                        PBFT + "Outgoing.java",
                        "        said.values().forEach(",
                        "        List.<PbftMessage>of().forEach(",
                        400,
                        "Progress"),
                pbft(
                        "members change by one vote",
                        "chain/src/main/java/synod/chain/state/Members.java",
                        "if (vote.getValue() >= members.quorumWeight()) {",
                        "if (vote.getValue() >= 1) {",
                        50,
                        "MemberHistory"),
                pbft(
                        "vote of a former member counted",
                        "chain/src/main/java/synod/chain/transaction/MemberVote.java",
                        "Validator voter = members.find(sender)",
                        "Validator voter = members.find(sender).or(() -> Optional.of(new Validator(sender, 1)))",
                        400,
                        "MemberHistory",
                        "NoDefect"),
                pbft(
                        "members never change",
                        "chain/src/main/java/synod/chain/state/Execution.java",
                        "ValidatorSet next = Members.settle(validators, state);",
                        "ValidatorSet next = validators; Members.settle(validators, state);",
                        50,
                        "MemberHistory",
                        "NoDefect"),
                pbft(
                        "new primary waited for without end",
                        PBFT + "ViewChanges.java",
                        "            outcome.awaitsNewView();",
                        "            tally.of(0);",
                        200,
                        "Progress"),
                pbft(
                                "messages about coming heights kept without bound",
                                PBFT + "MessageBuffer.java",
                                "message.height() > open.height() + WINDOW",
                                "message.height() < 0",
                                200,
                                "BoundedBuffers")
                        .with("future-spam"),
                pbft(
                        "votes in different views taken for a contradiction",
                        "consensus/src/main/java/synod/consensus/Ballot.java",
                        "&& view == other.view",
                        "",
                        400,
                        "EvidenceSound"),
                pbft(
                        "blocks of the journal not read at start",
                        REPLICA + "Replica.java",
                        "if (chain.index().body(block.id()).isPresent()) {",
                        "if (block.height() > 3) {",
                        50,
                        "OneFinalBlock",
                        "NoDefect"),
                pbft(
                        "transaction acknowledged before it is durable",
                        REPLICA + "Replica.java",
                        "        append(entry, _ -> {\n            out.add(new Output.Answer(ticket, Optional.empty()));",
                        "        out.add(new Output.Answer(ticket, Optional.empty()));\n        append(entry, _ -> {",
                        200,
                        "AcknowledgedKept"),
                pbft(
                        "acknowledged transactions not restored",
                        REPLICA + "Replica.java",
                        "mempool.restore(transaction);",
                        "mempool.count();",
                        50,
                        "AcknowledgedKept"),
                pow(
                        "branch of the same weight adopted",
                        "consensus/src/main/java/synod/consensus/branch/Preference.java",
                        "node.totalWeight().compareTo(head.totalWeight()) > 0;",
                        "node.totalWeight().compareTo(head.totalWeight()) >= 0;",
                        100,
                        "HeavierOnly"),
                pbft(
                        "validated block not taken back",
                        REPLICA + "Chain.java",
                        "            ledger.push(block);\n            ledger.pop();",
                        "            ledger.push(block);",
                        5,
                        "NoDefect"),
                pos(
                        "everybody leads every slot",
                        STAKE + "LeaderThreshold.java",
                        "return draw(output).compareTo(of(stake, total)) < 0;",
                        "return draw(output).signum() >= 0;",
                        5,
                        "LeadersOnly"),
                pos(
                        "stake counts in the next epoch already",
                        STAKE + "EpochsAhead.java",
                        "number, nonces.epochNonce(number, skipped), current.next(), ",
                        "number, nonces.epochNonce(number, skipped), staked.orElse(current.next()), ",
                        200,
                        "LeadersOnly"),
                pos(
                        "stake counts in the snapshot only an epoch later",
                        STAKE + "EpochsAhead.java",
                        "current.next(), staked.orElse(current.next()));",
                        "current.next(), current.next());",
                        200,
                        "LeadersOnly"),
                pos(
                                "proof of a draw not checked",
                                POS + "PosConsensus.java",
                                ".filter(proof.output()::equals)\n                    .isEmpty()) {",
                                ".filter(proof.output()::equals)\n                    .isEmpty() && slot < 0) {",
                                300,
                                "LeadersOnly")
                        .with("forged-draw"),
                pos(
                        "certificate of half of the stake",
                        POS + "JustificationCertificate.java",
                        "return totalStake - Math.ceilDiv(totalStake, 3) + 1;",
                        "return totalStake / 2;",
                        100,
                        "JustifiedByStake"),
                pos(
                        "finality by the number of validators instead of their stake",
                        POS + "LinkTally.java",
                        "return voted() >= JustificationCertificate.quorum(total());",
                        "return counted.size() >= JustificationCertificate.quorum(set.size())"
                                + " && voted() >= JustificationCertificate.quorum(total());",
                        200,
                        "Progress"),
                pos(
                                "certificate's stake not counted",
                                POS + "JustificationCertificate.java",
                                "return validators.size() > 0 && stake >= needed",
                                "return validators.size() > 0",
                                300,
                                "JustifiedByStake",
                                "OneFinalBlock",
                                "NoDefect")
                        .with("forged-certificate"),
                pos(
                        "vote said before it is durable",
                        POS + "Voting.java",
                        "out.persist(List.of(guarded.entry()), new Action.Broadcast(guarded.ballot()));",
                        "out.add(new Action.Broadcast(guarded.ballot())); out.persist(List.of(guarded.entry()));",
                        5,
                        "SignsOnce"),
                pos(
                        "block shown before its claim is durable",
                        POS + "Proposing.java",
                        "out.persist(List.of(claim.entry()), new Action.Publish(new SealedBlock(block, seal.encode())));",
                        "out.add(new Action.Publish(new SealedBlock(block, seal.encode())));"
                                + " out.persist(List.of(claim.entry()));",
                        5,
                        "SignsOnce"),
                pos(
                        "signing history forgotten on restart",
                        POS + "StakeGuard.java",
                        "this.history = SigningHistory.of(entries);",
                        "this.history = SigningHistory.NONE;",
                        400,
                        "SignsOnce"),
                pos(
                        "source of a vote may be below an earlier one",
                        POS + "Voting.java",
                        "Checkpoint source = finality.justified();",
                        "Checkpoint source = finality.finalized();",
                        100,
                        "Progress",
                        "SignsOnce"),
                pos(
                        "every epoch votes from block 0",
                        POS + "Voting.java",
                        "CheckpointVote vote = new CheckpointVote(source, new Checkpoint(epoch, checkpoint.id()));",
                        "CheckpointVote vote = new CheckpointVote(new Checkpoint(0, genesis()),"
                                + " new Checkpoint(epoch, checkpoint.id()));",
                        50,
                        "Progress"),
                pos(
                        "a link over several epochs makes its source final",
                        POS + "JustificationCertificate.java",
                        "return link.target().epoch() == link.source().epoch() + 1;",
                        "return link.target().epoch() > link.source().epoch() - 1;",
                        400,
                        "JustifiedByStake",
                        "OneFinalBlock"),
                pos(
                        "the head's own block taken for the checkpoint",
                        POS + "Branches.java",
                        "while (node.height() > 0 && slot(node) >= first) {",
                        "while (node.height() > 0 && slot(node) > first + clock.epochSlots()) {",
                        50,
                        "NoDefect",
                        "JustifiedByStake",
                        "Progress"),
                pos(
                        "what is justified does not bind the choice of a branch",
                        POS + "SafeBranch.java",
                        "return branches.contains(tip, goal()) && ",
                        "return ",
                        400,
                        "JustifiedKept",
                        "NoDefect"),
                pos(
                        "contradictions never reported",
                        POS + "Contradictions.java",
                        "for (StakeEvidence evidence : unpunished()) {",
                        "for (StakeEvidence evidence : List.<StakeEvidence>of()) {",
                        50,
                        "Progress"),
                pos(
                        "evidence accepted twice",
                        STAKE + "StakeLedger.java",
                        "        if (old.jailed()) {\n            throw new RejectedException(Reason.BAD_EVIDENCE",
                        "        if (old.total().units() < 0) {\n            throw new RejectedException(Reason.BAD_EVIDENCE",
                        200,
                        "HonestUnslashed"),
                pos(
                        "votes in different epochs taken for a contradiction",
                        STAKE + "CheckpointVote.java",
                        "(target.epoch() == vote.target.epoch() && !equals(vote) ||",
                        "(!equals(vote) ||",
                        20,
                        "HonestUnslashed",
                        "Progress"));
    }

    private static Mutation pos(
            String name, String file, String find, String replace, int maxSeeds, String... checkers) {
        return new Mutation(name, file, find, replace, "pos", "", Set.of(checkers), maxSeeds);
    }

    private static Mutation pbft(
            String name, String file, String find, String replace, int maxSeeds, String... checkers) {
        return new Mutation(name, file, find, replace, "pbft", "", Set.of(checkers), maxSeeds);
    }

    private static Mutation pow(
            String name, String file, String find, String replace, int maxSeeds, String... checkers) {
        return new Mutation(name, file, find, replace, "pow", "", Set.of(checkers), maxSeeds);
    }
}
