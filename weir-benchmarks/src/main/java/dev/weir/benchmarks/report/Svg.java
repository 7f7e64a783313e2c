package dev.weir.benchmarks.report;

import java.util.Locale;

/**
 * An SVG image of lines, rectangles and text. It has no background, and its text follows the reader's light or dark mode;
 * colours of data are such that both show them.
 */
final class Svg {
    static final int FONT = 13;
    /** How wide a character of that font is, about. */
    static final double CHARACTER = 7;

    private final StringBuilder out = new StringBuilder(8192);
    private final String title;
    private final int width;

    /** How text lies to its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Svg(String title, int width) {
        this.title = title;
        this.width = width;
    }

    Svg text(double x, double y, Anchor anchor, String style, String text) {
        out.append("  <text x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" class=\"").append(style).append("\" text-anchor=\"");
        out.append(anchor.name().toLowerCase(Locale.ROOT)).append("\">");
        out.append(escaped(text)).append("</text>\n");
        return this;
    }

    /** Text that runs upwards, in the middle of a height. */
    Svg upwards(double x, double y, String text) {
        out.append("  <text class=\"axis\" text-anchor=\"middle\" transform=\"translate(");
        out.append(number(x)).append(' ').append(number(y)).append(") rotate(-90)\">");
        out.append(escaped(text)).append("</text>\n");
        return this;
    }

    Svg rectangle(double x, double y, double wide, double high, String colour) {
        out.append("  <rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" width=\"").append(number(wide)).append("\" height=\"").append(number(high));
        out.append("\" fill=\"").append(colour).append("\"/>\n");
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        out.append("  <line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
        out.append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2));
        out.append("\" class=\"").append(style).append("\"/>\n");
        return this;
    }

    /** A line through points: {@code x,y} and blanks between them. */
    Svg polyline(String points, String colour, double thick) {
        out.append("  <polyline points=\"")
                .append(points)
                .append("\" fill=\"none\" stroke=\"")
                .append(colour);
        out.append("\" stroke-width=\"").append(number(thick)).append("\" stroke-linejoin=\"round\"/>\n");
        return this;
    }

    /** The whole image. */
    String image(double height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%s" viewBox="0 0 %d %s" role="img">
                  <title>%s</title>
                  <style>
                    text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; font-size: %dpx; fill: #24292f; }
                    .title { font-size: 16px; font-weight: 600; }
                    .axis { fill: #57606a; }
                    .strong { font-weight: 600; }
                    line { stroke: #8c959f; stroke-opacity: 0.4; }
                    .range { stroke: #57606a; stroke-opacity: 1; }
                    @media (prefers-color-scheme: dark) {
                      text { fill: #e6edf3; }
                      .axis { fill: #9aa4af; }
                      .range { stroke: #c9d1d9; }
                    }
                  </style>
                %s</svg>
                """.formatted(width, number(height), width, number(height), escaped(title), FONT, out);
    }

    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
