package synod.wallet.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void standsInColumnsWithoutSpacesAtLineEnds() {
        Table table = new Table(
                List.of(new Table.Column("NAME", false), new Table.Column("N", true), new Table.Column("END", false)));
        table.row(List.of("a", "100", ""));
        table.row(List.of("longer", "7", "x"));

        assertThat(table.toString().lines()).containsExactly("NAME      N  END", "a       100", "longer    7  x");
    }
}
