package synod.consensus.pos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Verified;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeView;
import synod.chain.state.Account;
import synod.chain.state.AccountReader;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.Transaction;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Entry;
import synod.consensus.Signer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * Notices validators that contradict themselves, keeps the proof, and reports it to the ledger for as long as they are not
 * punished and this node's key has coins for the fee. What keys without stake sign is ignored: they have nothing to lose,
 * and there is no end of them.
 */
final class Contradictions {
    private final Signer signer;
    private final Hash chainId;
    private final LedgerRules rules;
    private final Supplier<StakeView> stake;
    private final AccountReader accounts;
    private final KnownSets sets;
    private final EvidenceFile file;
    private final Outgoing out;
    private final SlotClaims claims = new SlotClaims();

    Contradictions(
            Signer signer,
            Hash chainId,
            LedgerRules rules,
            Supplier<StakeView> stake,
            AccountReader accounts,
            KnownSets sets,
            EvidenceFile file,
            Outgoing out) {
        this.signer = signer;
        this.chainId = chainId;
        this.rules = rules;
        this.stake = stake;
        this.accounts = accounts;
        this.sets = sets;
        this.file = file;
        this.out = out;
    }

    /** A block whose seal is good has arrived. */
    void arrived(BlockNode node, Branches branches) {
        if (node.height() == 0) {
            return;
        }
        SlotSeal seal = SlotSeal.of(node.header(), node.seal());
        if (mayLose(seal.proposer())) {
            claims.add(seal.proposer(), new SlotClaim(branches.slot(node), node.id()), seal.signature())
                    .ifPresent(this::accuse);
        }
    }

    /** Keeps a contradiction, if it is the first of a validator that can be punished, and reports it. */
    void accuse(StakeEvidence evidence) {
        if (!mayLose(evidence.accused())) {
            return;
        }
        List<Entry> entries = file.add(evidence, this::mayLose);
        if (!entries.isEmpty()) {
            out.persist(entries);
            report();
        }
    }

    /**
     * Whether this key has something to lose: its stake is on record and it is not jailed, or it is a validator on a branch
     * that was executed here.
     */
    private boolean mayLose(PublicKey key) {
        return stake.get().validator(key).map(record -> !record.jailed()).orElseGet(() -> sets.contains(key));
    }

    /** Reports what is known about those who are not punished yet. */
    void report() {
        Address self = Address.of(signer.publicKey());
        Account account = accounts.account(self);
        long nonce = account.nonce();
        Amount left = account.balance();
        for (StakeEvidence evidence : unpunished()) {
            Transaction sized = transaction(nonce, Amount.ZERO, evidence);
            Amount fee = rules.minFee(sized.size());
            if (fee.compareTo(left) > 0) {
                return;
            }
            out.add(new Action.Submit(new Verified<>(transaction(nonce, fee, evidence))));
            left = left.minus(fee);
            nonce++;
        }
    }

    private List<StakeEvidence> unpunished() {
        List<StakeEvidence> unpunished = new ArrayList<>();
        for (StakeEvidence evidence : file.all()) {
            Optional<StakeRecord> record = stake.get().validator(evidence.accused());
            if (record.filter(one -> !one.jailed()).isPresent()
                    && !evidence.accused().equals(signer.publicKey())) {
                unpunished.add(evidence);
            }
        }
        return unpunished;
    }

    private Transaction transaction(long nonce, Amount fee, StakeEvidence evidence) {
        return Transaction.sign(signer.publicKey(), signer::sign, chainId, nonce, fee, new EvidenceReport(evidence));
    }

    /** All that is known. */
    List<StakeEvidence> all() {
        return file.all();
    }

    /** How many claims are kept to compare with. */
    int claims() {
        return claims.size();
    }
}
