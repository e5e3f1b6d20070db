package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.chain.Block;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.MemberRecord;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.MemberVote.Change;
import synod.chain.transaction.Transaction;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** Members vote keys in and out, and the ledger's header, state and store follow. */
class MemberVoteTest {
    private static final Address PROPOSER = new Address(LedgerFixture.hash("proposer"));

    /** Accounts 0 to 3 are members, 4 and 5 are not. */
    private final LedgerFixture fixture = new LedgerFixture(LedgerFixture.RULES, 6, 4);

    private final MemoryKeyValueStore store = new MemoryKeyValueStore();
    private final Ledger ledger = fixture.open(store);
    private final PublicKey outsider = fixture.publicKey(4);

    private Transaction vote(int voter, Change change, PublicKey about) {
        return fixture.vote(voter, ledger.account(fixture.address(voter)).nonce(), change, about);
    }

    private Block push(Transaction... transactions) throws RejectedException {
        Block block = fixture.draft(ledger, PROPOSER, List.of(transactions));
        ledger.push(block);
        ledger.audit().require();
        assertThat(block.header().core().validatorsRoot())
                .isEqualTo(ledger.validators().root());
        return block;
    }

    private ValidatorSet members(int... accounts) {
        return ValidatorSet.ofEqual(
                IntStream.of(accounts).mapToObj(fixture::publicKey).toList());
    }

    private void refuses(Reason reason, Ledger at, Transaction vote) {
        Block empty = fixture.draft(at, PROPOSER, List.of());
        RejectedException refusal = catchThrowableOfType(
                RejectedException.class, () -> at.push(LedgerFixture.withTransactions(empty, List.of(vote))));
        assertThat(refusal).isNotNull();
        assertThat(refusal.rejection().reason()).isEqualTo(reason);
    }

    @Test
    void genesisNamesTheMembersAndTheStateHoldsThem() {
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3));
        assertThat(fixture.genesis.header().core().validatorsRoot())
                .isEqualTo(members(0, 1, 2, 3).root())
                .isNotEqualTo(Hash.ZERO);
        assertThat(ledger.member(fixture.publicKey(2))).contains(MemberRecord.of(1));
        assertThat(ledger.member(outsider)).isEmpty();
    }

    @Test
    void aQuorumTakesAKeyInAtTheEndOfItsBlock() throws RejectedException {
        push(vote(0, Change.ADD, outsider), vote(1, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3));
        push(vote(2, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3, 4));
        assertThat(ledger.member(outsider)).contains(MemberRecord.of(1));
        assertThat(ledger.member(fixture.publicKey(0))).contains(MemberRecord.of(1));
    }

    @Test
    void votesOfOneBlockCountTogetherAndTheNewMemberVotesFromTheNextOn() throws RejectedException {
        Transaction tooEarly = vote(4, Change.ADD, fixture.publicKey(5));
        Block draft = ledger.draft(
                        fixture.template(ledger, PROPOSER),
                        List.of(
                                vote(0, Change.ADD, outsider),
                                vote(1, Change.ADD, outsider),
                                vote(2, Change.ADD, outsider),
                                tooEarly),
                        10)
                .block();
        assertThat(draft.transactions()).hasSize(3).doesNotContain(tooEarly);
        ledger.push(draft);
        push(tooEarly);
        assertThat(ledger.member(outsider).orElseThrow().vote()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "4, 3", "5, 4", "6, 4", "7, 5", "10, 7"})
    void soManyVotesAreEnough(int size, int quorum) throws RejectedException {
        LedgerFixture network = new LedgerFixture(LedgerFixture.RULES, size + 1, size);
        Ledger other = network.open(new MemoryKeyValueStore());
        PublicKey newcomer = network.publicKey(size);
        for (int voter = 0; voter < quorum; voter++) {
            assertThat(other.validators().size()).isEqualTo(size);
            other.push(network.draft(other, PROPOSER, List.of(network.vote(voter, 0, Change.ADD, newcomer))));
        }
        assertThat(other.validators().size()).isEqualTo(size + 1);
    }

    @Test
    void aQuorumPutsAMemberOutAndItsVoteLapses() throws RejectedException {
        push(vote(3, Change.ADD, outsider), vote(0, Change.ADD, outsider));
        push(
                vote(0, Change.REMOVE, fixture.publicKey(3)),
                vote(1, Change.REMOVE, fixture.publicKey(3)),
                vote(2, Change.REMOVE, fixture.publicKey(3)));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2));
        assertThat(ledger.member(fixture.publicKey(3))).isEmpty();
        push(vote(0, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2));
        refuses(Reason.NOT_A_MEMBER, ledger, vote(3, Change.ADD, outsider));
    }

    @Test
    void votingTwiceCountsOnce() throws RejectedException {
        for (int i = 0; i < 5; i++) {
            push(vote(0, Change.ADD, outsider));
        }
        push(vote(1, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3));
    }

    @Test
    void theLatestVoteReplacesTheOneBefore() throws RejectedException {
        push(vote(0, Change.ADD, outsider), vote(1, Change.ADD, outsider));
        push(vote(0, Change.ADD, fixture.publicKey(5)), vote(2, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3));
        push(vote(3, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3, 4));
        assertThat(ledger.member(fixture.publicKey(0)).orElseThrow().vote())
                .contains(new MemberVote(Change.ADD, fixture.publicKey(5)));
    }

    @Test
    void aVoteForWhatIsSoTakesTheStandingOneBack() throws RejectedException {
        push(vote(0, Change.ADD, outsider), vote(1, Change.ADD, outsider));
        push(vote(0, Change.REMOVE, outsider), vote(2, Change.ADD, outsider));
        assertThat(ledger.member(fixture.publicKey(0)).orElseThrow().vote()).isEmpty();
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3));
    }

    @Test
    void aVoteThatComesTooLateDoesNoHarm() throws RejectedException {
        push(vote(0, Change.ADD, outsider), vote(1, Change.ADD, outsider), vote(2, Change.ADD, outsider));
        push(vote(3, Change.ADD, outsider));
        assertThat(ledger.validators()).isEqualTo(members(0, 1, 2, 3, 4));
        assertThat(ledger.member(fixture.publicKey(3)).orElseThrow().vote()).isEmpty();
    }

    @Test
    void aVoteThatWaitedSucceedsWhenThoseWhoLeftMadeTheQuorumSmaller() throws RejectedException {
        LedgerFixture network = new LedgerFixture(LedgerFixture.RULES, 6, 5);
        Ledger other = network.open(new MemoryKeyValueStore());
        PublicKey newcomer = network.publicKey(5);
        PublicKey leaving = network.publicKey(4);
        other.push(network.draft(
                other,
                PROPOSER,
                List.of(
                        network.vote(0, 0, Change.REMOVE, leaving),
                        network.vote(1, 0, Change.REMOVE, leaving),
                        network.vote(2, 0, Change.REMOVE, leaving),
                        network.vote(3, 0, Change.REMOVE, leaving))));
        assertThat(other.validators().size()).isEqualTo(4);
        other.push(network.draft(
                other,
                PROPOSER,
                List.of(network.vote(0, 1, Change.ADD, newcomer), network.vote(1, 1, Change.ADD, newcomer))));
        other.push(network.draft(other, PROPOSER, List.of(network.vote(2, 1, Change.REMOVE, network.publicKey(3)))));
        assertThat(other.validators().size()).isEqualTo(4);
        other.push(network.draft(other, PROPOSER, List.of(network.vote(2, 2, Change.ADD, newcomer))));
        assertThat(other.validators().size()).isEqualTo(5);
    }

    @Test
    void theLastMemberStays() {
        LedgerFixture alone = new LedgerFixture(LedgerFixture.RULES, 2, 1);
        Ledger other = alone.open(new MemoryKeyValueStore());
        Block empty = alone.draft(other, PROPOSER, List.of());
        Transaction suicide = alone.vote(0, 0, Change.REMOVE, alone.publicKey(0));
        assertThatThrownBy(() -> other.push(LedgerFixture.withTransactions(empty, List.of(suicide))))
                .hasMessageContaining("bad-vote");
    }

    @Test
    void noMoreThanASetMayHaveAreTakenIn() {
        LedgerFixture full = new LedgerFixture(LedgerFixture.RULES, ValidatorSet.MAX_SIZE + 1, ValidatorSet.MAX_SIZE);
        Ledger other = full.open(new MemoryKeyValueStore());
        Block empty = full.draft(other, PROPOSER, List.of());
        Transaction oneMore = full.vote(0, 0, Change.ADD, full.publicKey(ValidatorSet.MAX_SIZE));
        assertThatThrownBy(() -> other.push(LedgerFixture.withTransactions(empty, List.of(oneMore))))
                .hasMessageContaining("bad-vote");
    }

    @Test
    void onlyMembersVoteAndNobodyWhereThereAreNone() {
        refuses(Reason.NOT_A_MEMBER, ledger, vote(4, Change.ADD, outsider));
        LedgerFixture without = new LedgerFixture(LedgerFixture.RULES, 1);
        Ledger other = without.open(new MemoryKeyValueStore());
        Block empty = without.draft(other, PROPOSER, List.of());
        Transaction vote = without.vote(0, 0, Change.ADD, outsider);
        assertThat(empty.header().core().validatorsRoot()).isEqualTo(Hash.ZERO);
        assertThatThrownBy(() -> other.push(LedgerFixture.withTransactions(empty, List.of(vote))))
                .hasMessageContaining("not-a-member");
    }

    @Test
    void aKeyThatCannotSignIsNotVotedAbout() {
        byte[] noPoint = new byte[PublicKey.LENGTH];
        noPoint[0] = 2;
        assertThatThrownBy(() -> PublicKey.of(noPoint).requirePrimeOrder()).hasMessageContaining("prime order");
        refuses(Reason.BAD_CONTENT, ledger, vote(0, Change.ADD, PublicKey.of(noPoint)));
    }

    @Test
    void refusesAHeaderThatNamesAnotherSet() throws RejectedException {
        Block good = fixture.draft(ledger, PROPOSER, List.of());
        HeaderCore core = good.header().core();
        HeaderCore other = new HeaderCore(
                core.chainId(),
                core.height(),
                core.extraNonce(),
                core.timeMillis(),
                core.proposer(),
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                members(0, 1, 2).root(),
                core.engineField());
        assertThatThrownBy(() -> ledger.push(LedgerFixture.with(good, other)))
                .hasMessageContaining("bad-validators-root");
        ledger.push(good);
    }

    @Test
    void refusesAGenesisBlockThatNamesOtherMembers() {
        LedgerFixture other = new LedgerFixture(LedgerFixture.RULES, 6);
        assertThatThrownBy(() -> Ledger.open(store, fixture.rules, fixture.allocation, other.genesis))
                .isInstanceOf(IllegalArgumentException.class);
        Block sameState = LedgerFixture.with(
                fixture.genesis,
                new HeaderCore(
                        Hash.ZERO,
                        0,
                        0,
                        0,
                        Address.NONE,
                        fixture.genesis.header().core().transactionsRoot(),
                        fixture.allocation.stateRoot(),
                        fixture.genesis.header().core().receiptsRoot(),
                        Hash.ZERO,
                        fixture.genesis.header().core().engineField()));
        assertThatThrownBy(() -> Ledger.open(store, fixture.rules, fixture.allocation, sameState))
                .hasMessageContaining("validators root");
    }

    @Test
    void provesWhoIsAMemberAndWhoIsNot() throws RejectedException {
        push(vote(0, Change.ADD, outsider));
        StateProof member = ledger.proveMember(fixture.publicKey(0));
        assertThat(member.holdsFor(ledger.stateRoot())).isTrue();
        assertThat(MemberRecord.decode(member.value().orElseThrow().bytes()).vote())
                .contains(new MemberVote(Change.ADD, outsider));
        StateProof none = ledger.proveMember(outsider);
        assertThat(none.holdsFor(ledger.stateRoot())).isTrue();
        assertThat(none.value()).isEmpty();
    }

    @Test
    void takingBlocksOffBringsTheMembersBackAlsoFromTheStore() throws RejectedException {
        List<ValidatorSet> sets = new ArrayList<>(List.of(ledger.validators()));
        push(vote(0, Change.ADD, outsider), vote(1, Change.ADD, outsider), vote(2, Change.ADD, outsider));
        sets.add(ledger.validators());
        PublicKey third = fixture.publicKey(3);
        push(vote(0, Change.REMOVE, third), vote(1, Change.REMOVE, third));
        sets.add(ledger.validators());
        push(vote(2, Change.REMOVE, third), vote(4, Change.REMOVE, third));
        sets.add(ledger.validators());
        assertThat(sets).last().isEqualTo(members(0, 1, 2, 4));
        LedgerFixture.settle(ledger, store, 3, -1);

        Ledger reopened = fixture.open(store);
        assertThat(reopened.validators()).isEqualTo(sets.get(3));
        for (int height = 2; height >= 0; height--) {
            reopened.pop();
            assertThat(reopened.validators()).isEqualTo(sets.get(height));
            reopened.audit().require();
        }
        reopened.push(fixture.draft(reopened, PROPOSER, List.of(fixture.vote(0, 0, Change.ADD, third))));
        LedgerFixture.settle(reopened, store, 1, -1);
        assertThat(fixture.open(store).validators()).isEqualTo(sets.getFirst());
    }

    @Test
    void howeverOftenTheyVoteThereIsOneRecordForEachMember() throws RejectedException {
        for (int i = 0; i < 20; i++) {
            PublicKey about = new LedgerFixture(LedgerFixture.RULES, 20).publicKey(i);
            push(vote(i % 4, i < 4 ? Change.REMOVE : Change.ADD, about));
        }
        LedgerFixture.settle(ledger, store, ledger.height(), -1);
        assertThat(LedgerFixture.rows(store).keySet().stream()
                        .filter(row -> row.bytes()[0] == 'R' && row.bytes()[1] == 'v'))
                .hasSameSizeAs(ledger.validators().validators());
    }
}
