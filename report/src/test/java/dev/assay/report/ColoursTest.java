package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColoursTest {
    private static final Pattern VARIABLE = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6})");

    private static Map<String, Integer> colours(String file) {
        Map<String, Integer> colours = new HashMap<>();
        Matcher matcher = VARIABLE.matcher(HtmlReport.resource(file));
        while (matcher.find()) {
            colours.put(matcher.group(1), Integer.valueOf(matcher.group(2), 16));
        }
        return colours;
    }

    /** WCAG 2.2, "relative luminance". */
    private static double luminance(int colour) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double c = (colour >> 16 - 8 * i & 0xff) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static double contrast(int one, int other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    @ParameterizedTest
    @CsvSource({"ink, paper", "quiet, paper", "quiet, page", "quiet, soft", "quiet, doubt-soft", "link, paper",
        "doubt, paper", "doubt, doubt-soft", "faster, faster-soft", "slower, slower-soft",
        "equivalent, equivalent-soft", "quiet, equivalent-soft", "inconclusive, paper", "bad, bad-soft",
        "on-cold, cold", "on-hot, hot", "s0, paper", "s1, paper", "s2, paper", "s3, paper", "s4, paper",
        "s5, paper", "s6, paper", "s7, paper"})
    void textStandsOutFromItsGround(String text, String ground) {
        for (String file : new String[]{"light.css", "dark.css"}) {
            Map<String, Integer> colours = colours(file);
            assertThat(contrast(colours.get(text), colours.get(ground))).as(file).isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void lightAndDarkNameTheSameColoursAndNoOtherIsUsed() {
        assertThat(colours("dark.css").keySet()).isEqualTo(colours("light.css").keySet());
        Matcher used = Pattern.compile("var\\(--([a-z0-9-]+)\\)").matcher(HtmlReport.resource("report.css"));
        while (used.find()) {
            assertThat(used.group(1)).satisfiesAnyOf(name -> assertThat(colours("light.css")).containsKey(name),
                    name -> assertThat(name).isEqualTo("c"));
        }
        assertThat(HtmlReport.style()).doesNotContain("light.css */", "dark.css */\n}");
    }
}
