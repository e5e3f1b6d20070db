package synod.node.rpc.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.node.rpc.subscription.Subscriber;
import tools.jackson.databind.JsonNode;

/** JSON-RPC 2.0 without a transport. */
class JsonRpcTest {
    private static final Param<String> WORD = Param.text("word", "What to say", 20);

    private final List<String> log = new ArrayList<>();
    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final JsonRpc rpc = new JsonRpc(
            new MethodRegistry(
                    "test",
                    List.of(
                            Method.of("echo", "Says it.", List.of(WORD), ResultType.of(Word.class), call -> {
                                log.add("echo " + call.arguments().get(WORD));
                                return new Word(call.arguments().get(WORD));
                            }),
                            Method.overlapping(
                                    "later", "Says it later.", List.of(WORD), ResultType.of(Word.class), call -> {
                                        String word = call.arguments().get(WORD);
                                        log.add("begin " + word);
                                        return new Method.Pending() {
                                            @Override
                                            public void proceed() throws RpcException {
                                                log.add("proceed " + word);
                                                if (word.equals("fail")) {
                                                    throw new RpcException(
                                                            ErrorCode.REJECTED, "test", "as the test wants it");
                                                }
                                            }

                                            @Override
                                            public Object await() {
                                                log.add("end " + word);
                                                return new Word(word);
                                            }
                                        };
                                    }))),
            5,
            (method, outcome, nanos) -> {});

    record Word(String word) {}

    private static final class Anybody implements Session {
        @Override
        public boolean admin() {
            return false;
        }

        @Override
        public Optional<Subscriber> subscriber() {
            return Optional.empty();
        }
    }

    private String answer(String text) {
        AnswerBuffer out = new AnswerBuffer(10_000, budget);
        rpc.answer(text, new Anybody(), Deadline.in(10_000), out);
        out.release();
        return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
    }

    private static String call(String id, String method, String word) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":[\"" + word + "\"]}";
    }

    @Test
    void repeatsTheIdExactly() {
        for (String id : List.of("1", "-7", "\"x\"", "\"é\\\"\"", "null", "1.50", "12345678901234567890", "1E+400")) {
            assertThat(answer(call(id, "echo", "hi")))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"word\":\"hi\"}}");
        }
    }

    @Test
    void doesNotAnswerNotificationsButRunsThem() {
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":{\"word\":\"hi\"}}";
        assertThat(answer(notification)).isEmpty();
        assertThat(answer("[" + notification + "," + notification + "]")).isEmpty();
        assertThat(log).containsExactly("echo hi", "echo hi", "echo hi");
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"method\":\"nothing\"}")).isEmpty();
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":{}}"))
                .isEmpty();
    }

    @Test
    void answersWhatIsNoRequestEvenWithoutAnId() {
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"params\":[]}")).contains("-32600", "\"id\":null");
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":9,\"params\":[]}")).contains("-32600", "\"id\":9");
    }

    @Test
    void refusesABatchThatIsTooLongAsAWhole() {
        String one = call("1", "echo", "hi");
        assertThat(answer("[" + one + ("," + one).repeat(4) + "]"))
                .startsWith("[")
                .endsWith("]");
        assertThat(answer("[" + one + ("," + one).repeat(5) + "]"))
                .startsWith("{")
                .contains("-32003", "\"batch\"");
        assertThat(log).hasSize(5);
    }

    @Test
    void beginsNeighboursTogetherButKeepsTheOrderOfOthers() {
        answer("[" + call("1", "later", "a") + "," + call("2", "later", "b") + "," + call("3", "echo", "c") + ","
                + call("4", "later", "d") + "]");
        assertThat(log)
                .containsExactly(
                        "begin a",
                        "begin b",
                        "proceed a",
                        "proceed b",
                        "end a",
                        "end b",
                        "echo c",
                        "begin d",
                        "proceed d",
                        "end d");
    }

    @Test
    void whatCannotProceedIsAnsweredWithItsErrorAndItsNeighboursGoOn() {
        String answer = answer("[" + call("1", "later", "fail") + "," + call("2", "later", "b") + "]");
        assertThat(log).containsExactly("begin fail", "begin b", "proceed fail", "proceed b", "end b");
        assertThat(answer).contains("as the test wants it").contains("\"word\":\"b\"");
    }

    @Test
    void refusesEveryRequestOfAMessageByItsId() {
        AnswerBuffer out = new AnswerBuffer(10_000, budget);
        rpc.refuse(
                "[" + call("1", "echo", "a") + "," + call("2", "later", "b") + "]",
                new RpcException(ErrorCode.TOO_BUSY, "in-flight", "busy"),
                out);
        JsonNode answers = Json.MAPPER.readTree(new String(out.array(), 0, out.size(), StandardCharsets.UTF_8));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).get("id").intValue()).isEqualTo(1);
        assertThat(answers.get(1).get("error").get("code").intValue()).isEqualTo(-32004);
        assertThat(log).isEmpty();
    }

    @Test
    void refusesWhatTheBudgetDoesNotAllow() {
        assertThat(budget.take((1 << 20) - 100)).isTrue();
        assertThat(answer(call("1", "echo", "hi"))).contains("-32004", "\"memory\"");
        budget.give((1 << 20) - 100);
        assertThat(answer(call("1", "echo", "hi"))).contains("\"result\"");
        assertThat(budget.taken()).isZero();
    }

    @Test
    void keepsErrorsShortWhateverTheCallerWrote() {
        String longName = "m".repeat(15_000);
        assertThat(answer(call("1", longName, "x"))).hasSizeLessThan(1_000);
        assertThat(answer("{\"" + "n".repeat(60) + "\":1}")).hasSizeLessThan(1_000);
        assertThat(answer("\u0000".repeat(100))).hasSizeLessThan(2_000);
    }

    @Test
    void answersWithJsonWhateverComes() {
        Random random = new Random(7);
        String good = "[" + call("1", "echo", "hi") + "," + call("\"two\"", "later", "ho") + "]";
        String alphabet = "{}[]\",:\\ue0159-+.truefalsn \u0000\ud800é";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.setLength(Math.max(1, at));
                }
            }
            String answer = answer(text.toString());
            if (!answer.isEmpty()) {
                assertThat(Json.MAPPER.readTree(answer).isContainer())
                        .as(text.toString())
                        .isTrue();
            }
        }
        assertThat(budget.taken()).isZero();
    }
}
