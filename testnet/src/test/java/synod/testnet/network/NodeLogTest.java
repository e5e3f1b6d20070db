package synod.testnet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
    @TempDir
    private Path temporary;

    private NodeDirectory node;

    @BeforeEach
    void choose() {
        node = new NodeDirectory("n1", temporary);
    }

    private void print(String text) throws IOException {
        Files.writeString(node.log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void givesTheLastLines() throws IOException {
        print("one\ntwo\nthree\nunfinished");
        assertThat(new NodeLog(node).lastLines(2)).containsExactly("three", "unfinished");
        assertThat(new NodeLog(node).lastLines(9)).hasSize(4);
        assertThat(new NodeLog(node).lastLines(0)).isEmpty();
    }

    @Test
    void isEmptyBeforeTheNodePrints() {
        assertThat(new NodeLog(node).lastLines(5)).isEmpty();
        assertThat(new NodeLog(node).newLines()).isEmpty();
    }

    @Test
    void followsLinesOnlyWhenTheyAreFinished() throws IOException {
        print("old\n");
        NodeLog log = new NodeLog(node).skipToEnd();
        print("first\nsec");
        assertThat(log.newLines()).containsExactly("first");
        assertThat(log.newLines()).isEmpty();
        print("ond\n");
        assertThat(log.newLines()).containsExactly("second");
    }

    @Test
    void followsALogThatWasBegunAnew() throws IOException {
        print("a long line of an earlier run\n");
        NodeLog log = new NodeLog(node).skipToEnd();
        Files.delete(node.log());
        print("anew\n");
        assertThat(log.newLines()).containsExactly("anew");
    }
}
