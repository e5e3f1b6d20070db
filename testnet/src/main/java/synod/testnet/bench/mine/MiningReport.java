package synod.testnet.bench.mine;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.Work;
import synod.consensus.pow.search.KernelType;
import synod.testnet.network.Json;
import synod.wallet.terminal.Table;
import synod.wallet.terminal.Table.Column;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was measured.
 *
 * @param finds how many nonces were found on the way, all of them right
 */
public record MiningReport(Machine machine, List<MiningFigure> figures, long finds) {
    /** Below this share of processor time the machine was busy with something else. */
    private static final double BUSY = 0.95;

    private record Unit(String name, double seconds) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("years", 365.25 * 86_400),
            new Unit("days", 86_400),
            new Unit("h", 3_600),
            new Unit("min", 60),
            new Unit("s", 1));

    private static final List<Column> COLUMNS = List.of(
            new Column("kernel", false),
            new Column("threads", true),
            new Column("MH/s", true),
            new Column("min", true),
            new Column("max", true),
            new Column("per thread", true),
            new Column("scaling", true),
            new Column("x digest", true),
            new Column("per processor", true),
            new Column("GHz", true),
            new Column("operations/cycle", true));

    /** One line for each figure, for programs. */
    public List<ObjectNode> json() {
        return figures.stream().map(this::json).toList();
    }

    private ObjectNode json(MiningFigure figure) {
        ObjectNode json = Json.object().put("kernel", figure.kernel()).put("threads", figure.threads());
        json.putObject("hashesPerSecond")
                .put("min", Math.round(figure.min()))
                .put("median", Math.round(figure.median()))
                .put("max", Math.round(figure.max()));
        return json.put("processorShare", rounded(figure.busy()))
                .put("operationsPerHash", rounded(figure.operationsPerHash()))
                .put("operationsPerCycle", rounded(figure.operationsPerCycle()))
                .put("clockGigahertz", rounded(figure.gigahertz()))
                .put("cpu", machine.cpu())
                .put("processors", machine.processors())
                .put("jdk", machine.jdk());
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /** For people: a table, and how long a block takes at these targets. */
    public String text(List<CompactBits> targets) {
        Table table = new Table(COLUMNS);
        figures.forEach(figure -> table.row(row(figure)));
        MiningFigure best = figures.stream()
                .max(Comparator.comparingDouble(MiningFigure::median))
                .orElseThrow();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, %d processors, %s%n%n%s%n%n",
                machine.cpu(),
                machine.processors(),
                machine.jdk(),
                table));
        if (figures.stream().anyMatch(figure -> figure.busy() < BUSY)) {
            text.append(
                    "The machine was busy: the threads did not always have a processor. \"per processor\" allows for"
                            + " that.\n\n");
        }
        text.append(String.format(
                Locale.ROOT, "Expected time to a block with %s on %d threads:%n", best.kernel(), best.threads()));
        for (CompactBits target : targets) {
            double seconds = Work.of(target).doubleValue() / best.median();
            text.append(
                    String.format("  bits %s (difficulty %s)  %s%n", target, difficulty(target), duration(seconds)));
        }
        text.append(String.format(
                Locale.ROOT, "%nChecked: Bitcoin's genesis nonce by every kernel, and %,d finds on the way.", finds));
        return text.toString();
    }

    private List<String> row(MiningFigure figure) {
        return List.of(
                figure.kernel(),
                String.valueOf(figure.threads()),
                mega(figure.median()),
                mega(figure.min()),
                mega(figure.max()),
                mega(figure.median() / figure.threads()),
                ratio(figure.median(), find(figure.kernel(), 1).map(MiningFigure::median)),
                ratio(
                        figure.perProcessor(),
                        find(KernelType.DIGEST.name(), figure.threads()).map(MiningFigure::perProcessor)),
                mega(figure.perProcessor()),
                number(figure.gigahertz()),
                figure.operationsPerHash() == 0 ? "-" : number(figure.operationsPerCycle()));
    }

    private Optional<MiningFigure> find(String kernel, int threads) {
        return figures.stream()
                .filter(figure -> figure.kernel().equals(kernel) && figure.threads() == threads)
                .findFirst();
    }

    private static String difficulty(CompactBits target) {
        return String.format(Locale.ROOT, "%.3g", Work.difficulty(target));
    }

    private static String duration(double seconds) {
        for (Unit unit : UNITS) {
            if (seconds >= unit.seconds()) {
                return String.format(Locale.ROOT, "%.1f %s", seconds / unit.seconds(), unit.name());
            }
        }
        return String.format(Locale.ROOT, "%.1f ms", 1_000 * seconds);
    }

    private static String ratio(double value, Optional<Double> base) {
        return base.map(divisor -> number(value / divisor)).orElse("-");
    }

    private static String mega(double hashesPerSecond) {
        return number(hashesPerSecond / 1e6);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
