package synod.testnet.bench.mine;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws figures as bars, in SVG, with a line from the slowest to the fastest repetition. */
public final class MiningChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 150;
    private static final int RIGHT = 90;
    private static final int TOP = 50;
    private static final int ROW = 26;
    private static final int BAR = 16;

    private final MiningReport report;
    private final double hashesPerPixel;

    /** A chart of this report. */
    public MiningChart(MiningReport report) {
        this.report = report;
        double fastest = report.figures().stream()
                .max(Comparator.comparingDouble(MiningFigure::max))
                .orElseThrow()
                .max();
        this.hashesPerPixel = fastest / (WIDTH - LEFT - RIGHT);
    }

    /** The picture. */
    public String svg() {
        List<MiningFigure> figures = report.figures();
        StringBuilder svg = new StringBuilder();
        int height = TOP + ROW * figures.size() + 10;
        svg.append(String.format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" font-family="sans-serif" font-size="13">
                <rect width="%1$d" height="%2$d" fill="white"/>
                <text x="10" y="20" font-size="15">Nonce search, MH/s: median of the repetitions, slowest to fastest</text>
                <text x="10" y="38" fill="#666">%3$s, %4$s</text>
                """,
                WIDTH,
                height,
                escaped(report.machine().cpu()),
                escaped(report.machine().jdk())));
        for (int i = 0; i < figures.size(); i++) {
            bar(svg, figures.get(i), TOP + ROW * i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void bar(StringBuilder svg, MiningFigure figure, int y) {
        int middle = y + BAR / 2;
        svg.append(String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end">%s, %d thread%s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" fill="#4878a8"/>
                <path d="M%.1f %d H%.1f" stroke="black"/>
                <text x="%.1f" y="%d">%.2f</text>
                """,
                LEFT - 8,
                middle + 5,
                escaped(figure.kernel()),
                figure.threads(),
                figure.threads() == 1 ? "" : "s",
                LEFT,
                y,
                figure.median() / hashesPerPixel,
                BAR,
                LEFT + figure.min() / hashesPerPixel,
                middle,
                LEFT + figure.max() / hashesPerPixel,
                LEFT + figure.max() / hashesPerPixel + 6,
                middle + 5,
                figure.median() / 1e6));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
