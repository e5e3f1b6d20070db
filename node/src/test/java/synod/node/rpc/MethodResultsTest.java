package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.codec.Decoder;
import synod.chain.stake.StakeEvidence;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.consensus.Evidence;
import synod.consensus.SignatureVerifier;
import synod.crypto.Hash;
import synod.crypto.MerkleProof;
import synod.crypto.Sha256;
import synod.crypto.SignedMessage;
import tools.jackson.databind.JsonNode;

/** What each method answers when all is well. */
class MethodResultsTest {
    private Harness harness;
    private TestChain chain;

    @BeforeEach
    void start() throws Exception {
        harness = new Harness();
        chain = harness.replica.chain;
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private static String params(String... namesAndValues) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add("\"" + namesAndValues[i] + "\":\"" + namesAndValues[i + 1] + "\"");
        }
        return "{" + String.join(",", members) + "}";
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void namesTheNetwork() throws Exception {
        assertThat(harness.result("ledger_getNetwork", "{}"))
                .isEqualTo(Harness.json("""
                        {"name":"test","chainId":"%s","addressPrefix":"tsyn","development":true,"engine":"pow",
                         "rules":{"maxBlockBytes":1048576,"minFeePerByte":1,"reward":"50","halvingBlocks":0,
                         "maturityBlocks":2},"version":"0.1.0-test"}""".formatted(chain.network().chainId())));
    }

    @Test
    void showsTheHead() throws Exception {
        Block head = chain.blocks.getLast();
        JsonNode result = harness.result("ledger_getHead", "{}");
        assertThat(result.get("id").stringValue()).isEqualTo(head.id().toString());
        assertThat(result.get("height").longValue()).isEqualTo(3);
        assertThat(result.get("parent").stringValue())
                .isEqualTo(head.header().parent().toString());
        assertThat(result.get("timeMillis").longValue()).isEqualTo(1_700_000_003_000L);
        assertThat(result.get("stateRoot").stringValue()).isEqualTo("53".repeat(32));
        assertThat(result.get("proposer").stringValue()).isEqualTo(TestChain.text(TestChain.CAROL));
        assertThat(result.get("transactionCount").intValue()).isZero();
        assertThat(result.get("sizeBytes").intValue()).isEqualTo(head.encode().length);
        assertThat(result.get("finality"))
                .isEqualTo(Harness.json("{\"kind\":\"probabilistic\",\"depth\":1,\"final\":false}"));
        assertThat(result.get("bits").longValue()).isEqualTo(0x207fffffL);
        assertThat(result.get("nonce").longValue()).isEqualTo(0xdeadbeefL);
        assertThat(result.get("version").longValue()).isEqualTo(0x20000000L);
    }

    @Test
    void showsABlockByIdAndByHeight() throws Exception {
        Block block = chain.blocks.get(1);
        JsonNode byId =
                harness.result("ledger_getBlock", params("id", block.id().toString()));
        JsonNode byHeight = harness.result("ledger_getBlock", "[null, 1]");
        assertThat(byId).isEqualTo(byHeight);
        assertThat(texts(byId.get("transactionIds")))
                .containsExactly(block.transactions().getFirst().id().toString());
        assertThat(byId.has("transactions")).isFalse();
        assertThat(byId.get("sizeBytes").intValue()).isEqualTo(block.encode().length);
        assertThat(byId.get("finality").get("depth").longValue()).isEqualTo(3);
    }

    @Test
    void showsABlocksTransactionsWhenAsked() throws Exception {
        JsonNode transfer = harness.result("ledger_getBlock", "{\"height\":1,\"transactions\":true}")
                .get("transactions")
                .get(0);
        assertThat(transfer.get("kind").stringValue()).isEqualTo("transfer");
        assertThat(transfer.get("sender").stringValue()).isEqualTo(TestChain.text(TestChain.ALICE));
        assertThat(transfer.get("fee").stringValue()).isEqualTo("0.05");
        assertThat(transfer.get("transfer"))
                .isEqualTo(Harness.json(params("to", TestChain.text(TestChain.BOB), "amount", "5")));
        assertThat(transfer.has("anchor")).isFalse();
        JsonNode anchor = harness.result("ledger_getBlock", "{\"height\":2,\"transactions\":true}")
                .get("transactions")
                .get(0);
        assertThat(anchor.get("anchor"))
                .isEqualTo(Harness.json(params("digest", TestChain.DIGEST.toString(), "memo", TestChain.MEMO)));
        assertThat(anchor.has("transfer")).isFalse();
    }

    @Test
    void showsAHeaderWhoseBytesHashToItsId() throws Exception {
        JsonNode result = harness.result("ledger_getHeader", "{\"height\":2}");
        byte[] bytes = HexFormat.of().parseHex(result.get("header").stringValue());
        BlockHeader header = BlockHeader.decode(new Decoder(bytes));
        assertThat(header.id().toString()).isEqualTo(result.get("id").stringValue());
        assertThat(header).isEqualTo(chain.blocks.get(2).header());
        assertThat(result.get("seal").stringValue()).isEmpty();
    }

    @Test
    void showsAnAccountAndItsMaturingRewards() throws Exception {
        assertThat(harness.result("ledger_getAccount", params("address", TestChain.text(TestChain.BOB))))
                .isEqualTo(Harness.json("{\"address\":\"" + TestChain.text(TestChain.BOB)
                        + "\",\"balance\":\"5\",\"nonce\":0,\"nextNonce\":1,\"maturing\":[]}"));
        assertThat(harness.result("ledger_getAccount", params("address", TestChain.text(TestChain.CAROL)))
                        .get("maturing"))
                .isEqualTo(Harness.json("[{\"amount\":\"50.05\",\"earnedAtHeight\":2,\"paidAtHeight\":4},"
                        + "{\"amount\":\"50\",\"earnedAtHeight\":3,\"paidAtHeight\":5}]"));
    }

    @Test
    void provesPresenceAndAbsence() throws Exception {
        JsonNode present = harness.result("ledger_getProof", params("address", TestChain.text(TestChain.BOB)));
        assertThat(present.get("present").booleanValue()).isTrue();
        assertThat(present.get("value").stringValue()).isEqualTo("0000000000000000");
        assertThat(present.get("stateRoot").stringValue())
                .isEqualTo(chain.stateRoot().toString());
        byte[] header = HexFormat.of().parseHex(present.get("header").stringValue());
        assertThat(BlockHeader.decode(new Decoder(header)).core().stateRoot()).isEqualTo(chain.stateRoot());
        JsonNode absent = harness.result(
                "ledger_getProof",
                params("address", TestChain.text(TestChain.BOB), "digest", TestChain.DIGEST.toString()));
        assertThat(absent.get("present").booleanValue()).isFalse();
        assertThat(absent.has("value")).isFalse();
        assertThat(absent.get("key").stringValue())
                .isNotEqualTo(present.get("key").stringValue());
    }

    @Test
    void tellsWhereATransactionStands() throws Exception {
        Block block = chain.blocks.get(1);
        String included = block.transactions().getFirst().id().toString();
        JsonNode result = harness.result("ledger_getTransaction", params("id", included));
        assertThat(result.get("status").stringValue()).isEqualTo("included");
        assertThat(result.get("block").stringValue()).isEqualTo(block.id().toString());
        assertThat(result.get("height").longValue()).isEqualTo(1);
        assertThat(result.get("index").intValue()).isZero();
        assertThat(result.get("finality").get("depth").longValue()).isEqualTo(3);
        assertThat(result.has("wait")).isFalse();

        String pending = chain.waiting.getFirst().id().toString();
        result = harness.result("ledger_getTransaction", params("id", pending));
        assertThat(result.get("status").stringValue()).isEqualTo("pending");
        assertThat(result.get("transaction").get("nonce").longValue()).isZero();
        assertThat(result.get("wait").get("cause").stringValue()).isEqualTo("next-block");
        assertThat(result.has("block")).isFalse();

        result = harness.result("ledger_getTransaction", params("id", "ab".repeat(32)));
        assertThat(result).isEqualTo(Harness.json(params("id", "ab".repeat(32), "status", "unknown")));
    }

    @Test
    void provesThatATransactionIsIncluded() throws Exception {
        List<Transaction> transactions = new ArrayList<>();
        for (int nonce = 2; nonce < 7; nonce++) {
            transactions.add(chain.transfer(TestChain.ALICE, nonce, TestChain.BOB, "0.1"));
        }
        Block block = chain.extend(transactions);
        Transaction proved = transactions.get(3);
        JsonNode result = harness.result(
                "ledger_getTransactionProof", params("id", proved.id().toString()));
        List<Hash> path = texts(result.get("path")).stream().map(Hash::parse).toList();
        MerkleProof proof = new MerkleProof(
                result.get("index").intValue(), result.get("size").intValue(), path);
        assertThat(proof.verifies(proved.encode(), block.header().core().transactionsRoot()))
                .isTrue();
        byte[] header = HexFormat.of().parseHex(result.get("header").stringValue());
        assertThat(BlockHeader.decode(new Decoder(header))).isEqualTo(block.header());
    }

    @Test
    void tellsAnAddressesHistoryNewestFirst() throws Exception {
        JsonNode alice = harness.result("ledger_getHistory", params("address", TestChain.text(TestChain.ALICE)));
        assertThat(alice).hasSize(2);
        assertThat(alice.get(0).get("kind").stringValue()).isEqualTo("anchor");
        assertThat(alice.get(0).get("memo").stringValue()).isEqualTo(TestChain.MEMO);
        assertThat(alice.get(0).get("digest").stringValue()).isEqualTo(TestChain.DIGEST.toString());
        assertThat(alice.get(1).get("direction").stringValue()).isEqualTo("out");
        assertThat(alice.get(1).get("counterparty").stringValue()).isEqualTo(TestChain.text(TestChain.BOB));
        assertThat(alice.get(1).get("amount").stringValue()).isEqualTo("5");
        assertThat(alice.get(1).get("fee").stringValue()).isEqualTo("0.05");
        JsonNode bob = harness.result("ledger_getHistory", params("address", TestChain.text(TestChain.BOB)));
        assertThat(bob).hasSize(1);
        assertThat(bob.get(0).get("direction").stringValue()).isEqualTo("in");
        assertThat(bob.get(0).get("counterparty").stringValue()).isEqualTo(TestChain.text(TestChain.ALICE));
    }

    @Test
    void tellsARewardWithCoinsAndFeesOfTheBlockThatEarnedIt() throws Exception {
        JsonNode carol = harness.result("ledger_getHistory", params("address", TestChain.text(TestChain.CAROL)));
        assertThat(carol).hasSize(1);
        assertThat(carol.get(0).get("kind").stringValue()).isEqualTo("reward");
        assertThat(carol.get(0).get("amount").stringValue()).isEqualTo("50.05");
        assertThat(carol.get(0).get("height").longValue()).isEqualTo(3);
        assertThat(carol.get(0).get("index").intValue()).isEqualTo(-1);
        assertThat(carol.get(0).get("block").stringValue())
                .isEqualTo(chain.blocks.get(1).id().toString());
        assertThat(carol.get(0).has("transaction")).isFalse();
    }

    @Test
    void pagesThroughAHistoryWithinABlock() throws Exception {
        chain.extend(List.of(
                chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1"),
                chain.transfer(TestChain.ALICE, 3, TestChain.BOB, "2")));
        String address = "\"address\":\"" + TestChain.text(TestChain.BOB) + "\"";
        JsonNode first = harness.result("ledger_getHistory", "{" + address + ",\"limit\":1}");
        assertThat(first.get(0).get("amount").stringValue()).isEqualTo("2");
        JsonNode second = harness.result(
                "ledger_getHistory", "{" + address + ",\"limit\":1,\"beforeHeight\":4,\"beforeIndex\":1}");
        assertThat(second.get(0).get("amount").stringValue()).isEqualTo("1");
        JsonNode below = harness.result("ledger_getHistory", "{" + address + ",\"beforeHeight\":4}");
        assertThat(below).hasSize(1);
        assertThat(below.get(0).get("amount").stringValue()).isEqualTo("5");
    }

    @Test
    void tellsAnAnchorOrNull() throws Exception {
        String alice = TestChain.text(TestChain.ALICE);
        assertThat(harness.result("ledger_getAnchor", params("sender", alice, "digest", TestChain.DIGEST.toString())))
                .isEqualTo(Harness.json(
                        "{\"height\":2,\"timeMillis\":1700000002000,\"memo\":\"" + TestChain.MEMO + "\"}"));
        assertThat(harness.result("ledger_getAnchor", params("sender", alice, "digest", "00".repeat(32)))
                        .isNull())
                .isTrue();
    }

    @Test
    void tellsTheSupply() throws Exception {
        assertThat(harness.result("ledger_getSupply", "[]")).isEqualTo(Harness.json("{\"supply\":\"250.00000001\"}"));
    }

    @Test
    void takesATransactionThatIsWellSigned() throws Exception {
        Transaction transaction = chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1");
        String hex = HexFormat.of().formatHex(transaction.encode());
        assertThat(harness.result("mempool_submit", params("transaction", hex)))
                .isEqualTo(Harness.json(params("id", transaction.id().toString())));
        assertThat(harness.replica.submitted).containsExactly(transaction);
    }

    @Test
    void aHaltIsWhyWhatIsReadyWaits() throws Exception {
        String id = chain.waiting.getFirst().id().toString();
        chain.halted = Optional.of("halted: 2 of 4 up, need 3");
        assertThat(harness.result("mempool_why", params("id", id))
                        .path("wait")
                        .path("cause")
                        .stringValue())
                .isEqualTo("halted");
        assertThat(harness.result("ledger_getTransaction", params("id", id))
                        .path("wait")
                        .path("detail")
                        .stringValue())
                .isEqualTo("no block is decided, halted: 2 of 4 up, need 3");
    }

    @Test
    void tellsWhyATransactionWaits() throws Exception {
        String id = chain.waiting.getFirst().id().toString();
        assertThat(harness.result("mempool_why", params("id", id)))
                .isEqualTo(
                        Harness.json("{\"id\":\"" + id + "\",\"status\":\"pending\",\"wait\":{\"cause\":\"next-block\","
                                + "\"detail\":\"the next block takes it\"}}"));
    }

    @Test
    void listsWhatWaits() throws Exception {
        JsonNode result = harness.result("mempool_list", "{\"limit\":5}");
        assertThat(result.get("count").intValue()).isEqualTo(1);
        assertThat(result.get("bytes").longValue())
                .isEqualTo(chain.waiting.getFirst().size());
        assertThat(result.get("transactions").get(0).get("id").stringValue())
                .isEqualTo(chain.waiting.getFirst().id().toString());
    }

    @Test
    void tellsTheNextNonce() throws Exception {
        assertThat(harness.result("mempool_getNextNonce", params("address", TestChain.text(TestChain.BOB))))
                .isEqualTo(Harness.json("{\"nonce\":1}"));
    }

    @Test
    void tellsWhatConsensusDoes() throws Exception {
        Block head = chain.blocks.getLast();
        assertThat(harness.result("consensus_getStatus", "{}"))
                .isEqualTo(Harness.json("""
                        {"engine":"pow","chainId":"%s","name":"node0","role":"miner",
                         "activity":"searches a block on height 3","halted":false,"details":{"difficulty":"1.5"},"height":3,
                         "head":"%s","stateRoot":"%s","finality":{"kind":"probabilistic","depth":1,"final":false},
                         "sync":{"syncing":false,"bestKnownHeight":3,"activity":"in step with 1 peer"},"peers":1}""".formatted(chain.network().chainId(), head.id(), chain.stateRoot())));
    }

    @Test
    void tellsWhoDecidesAndHowTheyVoted() throws Exception {
        JsonNode result = harness.result("consensus_getValidators", "{}");
        assertThat(result.get("height").longValue()).isEqualTo(3);
        assertThat(result.get("root").stringValue())
                .isEqualTo(chain.validators().root().toString());
        assertThat(result.get("totalWeight").longValue()).isEqualTo(2);
        assertThat(result.get("quorumWeight").longValue()).isEqualTo(2);
        int carol = chain.validators().number(TestChain.CAROL.publicKey()).orElseThrow();
        assertThat(result.get("members").size()).isEqualTo(2);
        assertThat(result.get("members").get(carol)).isEqualTo(Harness.json("""
                        {"number":%d,"key":"%s","nodeId":"%s","address":"%s","weight":1,
                         "vote":{"change":"add","key":"%s"}}""".formatted(
                        carol,
                        TestChain.CAROL.publicKey(),
                        Sha256.hash(TestChain.CAROL.publicKey().bytes()),
                        TestChain.text(TestChain.CAROL),
                        TestChain.ALICE.publicKey())));
        assertThat(result.get("members").get(1 - carol).has("vote")).isFalse();
    }

    @Test
    void tellsWhoHasWhatAtStake() throws Exception {
        JsonNode result = harness.result("consensus_getStake", "{}");
        assertThat(result.get("epoch").longValue()).isEqualTo(1);
        assertThat(result.get("slot").longValue()).isEqualTo(12);
        assertThat(result.get("activeStake").stringValue()).isEqualTo("30");
        assertThat(result.get("validators").size()).isEqualTo(2);

        JsonNode bob = harness.result("consensus_getStake", "{\"key\":\"" + TestChain.BOB.publicKey() + "\"}")
                .get("validators");
        assertThat(bob).isEqualTo(Harness.json("""
                        [{"key":"%s","nodeId":"%s","address":"%s","vrfKey":"%s","bonded":"7","active":"10","next":"10",
                          "share":"0.3333","unbonding":[{"epoch":4,"timeMillis":45000,"amount":"3"}],"jailed":false}]""".formatted(
                        TestChain.BOB.publicKey(),
                        Sha256.hash(TestChain.BOB.publicKey().bytes()),
                        TestChain.text(TestChain.BOB),
                        TestChain.ALICE.publicKey())));
        JsonNode carol = harness.result("consensus_getStake", "{\"key\":\"" + TestChain.CAROL.publicKey() + "\"}")
                .get("validators")
                .get(0);
        assertThat(carol.get("jailed").booleanValue()).isTrue();
        assertThat(carol.get("next").stringValue()).isEqualTo("0");
    }

    @Test
    void servesEvidenceThatAnybodyCanCheck() throws Exception {
        JsonNode result = harness.result("consensus_getEvidence", "{}");
        assertThat(result.size()).isEqualTo(2);
        JsonNode member = result.get(0);
        assertThat(member.get("accused").stringValue())
                .isEqualTo(TestChain.BOB.publicKey().toString());
        assertThat(member.get("kind").stringValue()).isEqualTo("commit");
        assertThat(member.get("firstAbout").stringValue()).isEqualTo("height 4 view 9");
        assertThat(member.get("firstBlock").stringValue()).isEqualTo("61".repeat(32));
        assertThat(member.get("secondBlock").stringValue()).isEqualTo("62".repeat(32));
        assertThat(Evidence.decode(proof(member), chain.network().chainId()).isProof(SignatureVerifier.ED25519))
                .isTrue();

        JsonNode validator = result.get(1);
        assertThat(validator.get("accused").stringValue())
                .isEqualTo(TestChain.CAROL.publicKey().toString());
        assertThat(validator.get("kind").stringValue()).isEqualTo("block");
        assertThat(validator.get("firstAbout").stringValue()).isEqualTo("slot 17");
        assertThat(validator.get("secondAbout").stringValue()).isEqualTo("slot 17");
        assertThat(validator.get("firstBlock").stringValue()).isEqualTo("63".repeat(32));
        assertThat(validator.get("secondBlock").stringValue()).isEqualTo("64".repeat(32));
        assertThat(StakeEvidence.decode(proof(validator))
                        .signedMessages(chain.network().chainId()))
                .hasSize(2)
                .allMatch(SignedMessage::isValid);
    }

    private static Decoder proof(JsonNode contradiction) {
        return new Decoder(HexFormat.of().parseHex(contradiction.get("proof").stringValue()));
    }

    @Test
    void describesAVote() throws Exception {
        Transaction vote =
                chain.sign(TestChain.CAROL, 0, new MemberVote(MemberVote.Change.REMOVE, TestChain.BOB.publicKey()));
        chain.extend(List.of(vote));
        JsonNode result =
                harness.result("ledger_getTransaction", params("id", vote.id().toString()));
        assertThat(result.get("transaction").get("kind").stringValue()).isEqualTo("vote");
        assertThat(result.get("transaction").get("vote"))
                .isEqualTo(Harness.json("{\"change\":\"remove\",\"key\":\"%s\"}".formatted(TestChain.BOB.publicKey())));
    }

    @Test
    void tellsWhatTheMinerDoes() throws Exception {
        assertThat(harness.result("miner_getStatus", "{}"))
                .isEqualTo(Harness.json(
                        "{\"mining\":true,\"hashesPerSecond\":1234.5,\"threads\":1,\"kernel\":\"digest\",\"slowKernel\":\"rolling\","
                                + "\"payout\":\"" + TestChain.text(TestChain.CAROL) + "\",\"pool\":{\"miners\":2,"
                                + "\"hashesPerSecond\":1000.0,\"acceptedShares\":6,\"refused\":{\"21\":3,\"23\":1},"
                                + "\"blocks\":1,\"workers\":[{\"worker\":\"" + TestChain.text(TestChain.BOB)
                                + "\",\"hashesPerSecond\":1000.0,\"acceptedShares\":6,\"refused\":{\"23\":1}}],"
                                + "\"accounts\":{\"owed\":\"0.00000007\",\"unsettledPayments\":2,\"paidBlocks\":4,"
                                + "\"orphans\":1}}}"));
    }

    @Test
    void tellsOfPeersAndBans() throws Exception {
        assertThat(harness.result("net_getPeers", "{}")).isEqualTo(Harness.json("""
                        [{"id":"%s","address":"127.0.0.1:7646","outbound":true,"agent":"synod/0.1",
                          "roundTripMicros":250,"bytesIn":1000,"bytesOut":2000,"score":0,
                          "connectedAtMillis":1700000000000}]""".formatted(FakeNode.PEER)));
        assertThat(harness.result("net_getStatus", "{}"))
                .isEqualTo(Harness.json("""
                        {"nodeId":"%s","port":7645,"peers":1,
                         "bans":[{"id":"%s","reason":"sent rubbish","untilMillis":1700000900000}]}""".formatted(FakeNode.ID, FakeNode.BANNED)));
    }

    @Test
    void obeysTheHolderOfTheCookie() throws Exception {
        JsonNode done = Harness.json("{}");
        assertThat(harness.result("admin_addPeer", "[\"127.0.0.1:7777\"]", harness.admin()))
                .isEqualTo(done);
        assertThat(harness.node.dialled).containsExactly("127.0.0.1:7777");
        assertThat(harness.result("admin_disconnect", "[\"" + FakeNode.PEER + "\"]", harness.admin()))
                .isEqualTo(done);
        assertThat(harness.node.connected).isFalse();
        assertThat(harness.result("admin_unban", "[\"" + FakeNode.BANNED + "\"]", harness.admin()))
                .isEqualTo(done);
        assertThat(harness.node.banned).isFalse();
        assertThat(harness.result("admin_stop", "[]", harness.admin())).isEqualTo(done);
        assertThat(harness.node.stopped).isTrue();
    }
}
