package dev.assay.report;

import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.statistics.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sentences that all three reports share. */
final class Wording {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'",
            Locale.ENGLISH);

    private static final Pattern NUMBER_AND_UNIT = Pattern
            .compile("(\\d) (%|ps|ns|µs|ms|s|min|h|B|KiB|MiB|GiB|[kMGT]?B/s)(?![A-Za-z])");

    private Wording() {}

    /** What the effect is, as the end of a sentence that starts with the variant and names its rival. */
    static String effect(Effect effect, double smallestEffect) {
        String rival = "“" + effect.against() + "”";
        return switch (effect.verdict()) {
            case EQUIVALENT -> "takes the same time as " + rival + " within " + Ratios.setting(smallestEffect);
            case SLOWER -> effect.ratio() >= 2
                    ? "takes " + Ratios.text(effect) + " times as long as " + rival
                    : "takes " + Ratios.percent(effect.ratio() - 1) + " longer than " + rival;
            case FASTER -> effect.ratio() <= 0.5
                    ? "takes " + Ratios.percent(effect.ratio()) + " of the time of " + rival
                    : "takes " + Ratios.percent(1 - effect.ratio()) + " less time than " + rival;
            case INCONCLUSIVE -> "cannot be told from " + rival + ": " + range(effect);
        };
    }

    private static String range(Effect effect) {
        if (!effect.interval().bounded() || effect.interval().low() <= 0) {
            return "too few blocks to bound the ratio";
        }
        return "somewhere from " + end(effect.interval().low()) + " to " + end(effect.interval().high()) + " time";
    }

    private static String end(double ratio) {
        if (ratio >= 2) {
            return Quantity.decimal(ratio, ratio >= 10 ? 0 : 1) + " times the";
        }
        return Ratios.percent(ratio - 1) + (ratio < 1 ? " less" : " more");
    }

    /** What more time would bring; empty when there is a verdict. */
    static String stillNeeded(Effect effect) {
        if (effect.verdict() != Verdict.INCONCLUSIVE) {
            return "";
        }
        return effect.secondsStillNeeded().filter(s -> Double.isFinite(s) && s > 0)
                .map(s -> "about " + roughly(s) + " more would tell")
                .orElse("no verdict in reach");
    }

    /** A verdict with the sign that stands for it, so that colour is never the only difference. */
    static String sign(Verdict verdict) {
        return switch (verdict) {
            case FASTER -> "▾";
            case SLOWER -> "▴";
            case EQUIVALENT -> "≈";
            case INCONCLUSIVE -> "?";
        };
    }

    static String duration(double seconds) {
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds).replace(".0 s", " s");
        }
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        }
        if (whole < 7200) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole / 3600 + " h" + (whole / 60 % 60 == 0 ? "" : " " + whole / 60 % 60 + " min");
    }

    /** Numbers kept on one line with their units, for text that a browser breaks. */
    static String unbroken(String text) {
        return NUMBER_AND_UNIT.matcher(text).replaceAll("$1\u00a0$2");
    }

    /** A forecast: one unit is enough. */
    private static String roughly(double seconds) {
        if (seconds < 120) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return seconds < 7200 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
    }

    static String started(Run run) {
        return MINUTE.format(run.started().atOffset(ZoneOffset.UTC));
    }

    static String count(long n, String noun) {
        return n + " " + (n == 1 ? noun : noun.endsWith("s") ? noun + "es" : noun + "s");
    }

    /** Ends a sentence that may have been ended already. */
    static String sentence(String says) {
        String text = says.strip();
        if (text.isEmpty()) {
            return text;
        }
        String capital = capital(text);
        return ".!?".indexOf(capital.charAt(capital.length() - 1)) >= 0 ? capital : capital + ".";
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static long processes(Finding finding) {
        return finding.evidence().blocks().stream().mapToLong(b -> b.trials().size()).sum();
    }

    /** How much was done, in a sentence. */
    static String extent(Run run) {
        long measured = count(run, Finding.Status.MEASURED);
        long processes = run.findings().stream().mapToLong(Wording::processes).sum();
        long blocks = run.findings().stream().mapToLong(f -> f.evidence().blocks().size()).sum();
        long aside = run.findings().stream().mapToLong(f -> f.evidence().discarded()).sum();
        StringBuilder text = new StringBuilder();
        text.append(measured).append(" of ").append(count(run.findings().size(), "experiment")).append(" measured in ")
                .append(duration(run.seconds()));
        if (processes > 0) {
            text.append(" by ").append(count(processes, "process")).append(" in ").append(count(blocks, "block"));
        }
        if (aside > 0) {
            text.append(", of which ").append(aside).append(aside == 1 ? " was" : " were").append(" set aside");
        }
        long untestable = count(run, Finding.Status.UNTESTABLE);
        long failed = count(run, Finding.Status.FAILED);
        if (untestable > 0) {
            text.append("; ").append(untestable).append(" could not be tested here");
        }
        if (failed > 0) {
            text.append("; ").append(failed).append(" failed");
        }
        return text.append('.').toString();
    }

    static long count(Run run, Finding.Status status) {
        return run.findings().stream().filter(f -> f.status() == status).count();
    }

    /** What one would type to conduct the same run again. */
    static String command(Run run) {
        StringBuilder text = new StringBuilder("assay run --budget ").append(span(run)).append(" --seed ")
                .append(run.settings().seed());
        if (run.settings().confidence() != dev.assay.lab.Settings.DEFAULT_CONFIDENCE) {
            text.append(" --confidence ").append(run.settings().confidence());
        }
        if (run.settings().smallestEffect() != dev.assay.lab.Settings.DEFAULT_SMALLEST_EFFECT) {
            text.append(" --smallest-effect ").append(run.settings().smallestEffect());
        }
        if (run.settings().duet()) {
            text.append(" --duet");
        }
        if (run.settings().control()) {
            text.append(" --aa");
        }
        run.findings().forEach(f -> text.append(' ').append(f.id()));
        return text.append(" -o again").toString();
    }

    private static String span(Run run) {
        long millis = run.settings().budget().toMillis();
        return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
