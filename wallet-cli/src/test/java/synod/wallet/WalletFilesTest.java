package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;

/** create, import, list and address. */
class WalletFilesTest {
    private final FakeNode node = new FakeNode();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.at(node, home).with(Passwords.VARIABLE, "secret");
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void createsAWalletAndShowsItsWordsOnce() {
        Shell.Ran ran = shell.run("create", "savings", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.json().text("words").split(" ")).hasSize(24);
        assertThat(ran.json().text("address")).startsWith(FakeNode.PREFIX + "1");
        assertThat(shell.run("list").out()).contains("savings", ran.json().text("address"));
    }

    @Test
    void createsTwelveWordsWhenAskedTo() {
        assertThat(shell.run("create", "savings", "--words", "12", "--json")
                        .json()
                        .text("words")
                        .split(" "))
                .hasSize(12);
    }

    @Test
    void adviceComesWithTheWords() {
        assertThat(shell.run("create", "savings").out()).contains("will not be shown again", "Write them on paper");
    }

    @Test
    void letsNobodyElseReadTheFiles() throws IOException {
        shell.run("create", "savings");

        assertThat(permissions(shell.wallets().resolve("savings.json"))).isEqualTo("rw-------");
        assertThat(permissions(shell.wallets())).isEqualTo("rwx------");
    }

    @Test
    void keepsNeitherWordsNorPasswordInTheFile() throws IOException {
        List<String> words = List.of(
                shell.run("create", "savings", "--json").json().text("words").split(" "));

        String file = Files.readString(shell.wallets().resolve("savings.json"));

        assertThat(file).doesNotContain("secret", words.get(0) + " " + words.get(1));
    }

    @Test
    void neverOverwritesAWallet() throws IOException {
        shell.run("create", "savings");
        byte[] before = Files.readAllBytes(shell.wallets().resolve("savings.json"));

        Shell.Ran created = shell.run("create", "savings");
        Shell.Ran imported = shell.input(DevelopmentKeys.PHRASE).run("import", "savings");

        assertThat(created.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(imported.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(created.err()).contains("There is a wallet 'savings' already");
        assertThat(Files.readAllBytes(shell.wallets().resolve("savings.json"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "Savings", "a b", "-x", "", "x.json", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void refusesNamesThatAreNone(String name) {
        Shell.Ran ran = shell.run("create", "--", name);

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("cannot be a wallet's name");
    }

    @Test
    void worksWithoutANetwork() {
        shell.without(Nodes.RPC_VARIABLE);

        Shell.Ran ran = shell.run("create", "savings");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("No network is up", "synod wallet address savings");
        assertThat(shell.run("list").out()).contains("savings", "(no node answers)");
    }

    @Test
    void bringsBackTheSameAddressFromTheWords() {
        JsonObject created = shell.run("create", "savings", "--json").json();

        JsonObject imported = shell.input(created.text("words").toUpperCase(java.util.Locale.ROOT) + "\n")
                .run("import", "restored", "--json")
                .json();

        assertThat(imported.text("address")).isEqualTo(created.text("address"));
        assertThat(imported.has("words")).isFalse();
    }

    @Test
    void readsWordsFromAFileOrAPerson() throws IOException {
        String words = shell.run("create", "savings", "--json").json().text("words");
        Path file = Files.writeString(home.resolve("words"), words);

        assertThat(shell.run("import", "second", "--words-file", file.toString())
                        .exitCode())
                .isZero();
        assertThat(shell.typing(words).run("import", "third").exitCode()).isZero();
        assertThat(shell.run("address", "third").out())
                .isEqualTo(shell.run("address", "savings").out());
    }

    @Test
    void namesTheWordThatIsNone() {
        Shell.Ran ran = shell.input(DevelopmentKeys.PHRASE.replaceFirst(" [a-z]+ ", " synod "))
                .run("import", "restored");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("word 2, 'synod'");
    }

    @Test
    void givesTheDevelopmentWordsTheKeyOfTheFirstDevelopmentAccount() {
        shell.input(DevelopmentKeys.PHRASE).run("import", "mine");

        assertThat(shell.run("address", "mine").out())
                .isEqualToIgnoringNewLines(
                        Address.of(DevelopmentKeys.key("alice").publicKey()).format(FakeNode.PREFIX));
    }

    @Test
    void refusesTheDevelopmentWordsOnAnEarnestNetwork() {
        node.network(false);

        Shell.Ran ran = shell.input(DevelopmentKeys.PHRASE).run("import", "mine");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("public development words");
        assertThat(shell.wallets().resolve("mine.json")).doesNotExist();
    }

    @Test
    void refusesTheDevelopmentWordsWithoutANetwork() {
        Shell.Ran ran =
                shell.without(Nodes.RPC_VARIABLE).input(DevelopmentKeys.PHRASE).run("import", "mine");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void needsTheNewPasswordTwice() {
        Shell.Ran ran = shell.without(Passwords.VARIABLE).typing("one", "two").run("create", "savings");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("passwords differ");
        assertThat(shell.wallets().resolve("savings.json")).doesNotExist();
    }

    @Test
    void refusesAnEmptyPassword() throws IOException {
        Path file = Files.writeString(home.resolve("password"), "\n");

        assertThat(shell.run("create", "savings", "--password-file", file.toString())
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.without(Passwords.VARIABLE)
                        .typing("")
                        .run("create", "savings")
                        .exitCode())
                .isEqualTo(ExitCode.FAILURE);
        assertThat(shell.wallets().resolve("savings.json")).doesNotExist();
    }

    @Test
    void doesNotAskWhereThereIsNoTerminal() {
        Shell.Ran ran = shell.without(Passwords.VARIABLE).run("create", "savings");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("--password-file");
    }

    @Test
    void listsTheDevelopmentAccountsOfADevelopmentNetworkOnly() {
        List<JsonObject> development = shell.run("list", "--json").jsonLines();
        assertThat(development).extracting(item -> item.text("name")).contains("alice", "bob", "carol", "dave");
        assertThat(development)
                .allSatisfy(item -> assertThat(item.text("address")).startsWith("dev1"));

        node.network(false);
        assertThat(shell.run("list", "--json").out()).isEmpty();
    }

    @Test
    void prefersTheWalletOfADevelopmentAccountsName() {
        String address = shell.run("create", "alice", "--json").json().text("address");

        assertThat(shell.run("address", "alice", "--json").json().text("address"))
                .isEqualTo(address);
        assertThat(shell.run("list", "--json").jsonLines())
                .filteredOn(item -> item.text("name").equals("alice"))
                .singleElement()
                .satisfies(item -> assertThat(item.text("address")).isEqualTo(address));
    }

    @Test
    void saysWhichFileIsDamagedAndListsTheOthers() throws IOException {
        shell.run("create", "savings");
        shell.run("create", "torn");
        Path torn = shell.wallets().resolve("torn.json");
        byte[] bytes = Files.readAllBytes(torn);
        Files.write(torn, Arrays.copyOf(bytes, bytes.length / 2));

        Shell.Ran list = shell.run("list");
        Shell.Ran send = shell.run("send", "torn", "bob", "1");

        assertThat(list.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(list.out()).contains("savings");
        assertThat(list.err()).contains(torn.toString(), "is not a keystore that can be read");
        assertThat(send.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(send.err()).contains(torn.toString(), "import its words again");
    }

    @Test
    void takesAnotherDirectory() {
        Path elsewhere = home.resolve("elsewhere").resolve("wallets");

        shell.run("create", "savings", "--wallet-dir", elsewhere.toString());

        assertThat(elsewhere.resolve("savings.json")).exists();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
