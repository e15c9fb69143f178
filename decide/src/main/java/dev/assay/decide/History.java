package dev.assay.decide;

import dev.assay.lab.Archive;
import dev.assay.lab.Finding;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.lab.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The figures of archived runs in a database: SQLite beside the runs, or a PostgreSQL that several machines share. The runs'
 * folders are the truth; this can be rebuilt from them at any time. Its schema grows by numbered scripts, each applied once.
 */
public final class History implements AutoCloseable {
    /** The scripts {@code V1.sql} to {@code V2.sql}. */
    private static final int VERSION = 2;

    private final Connection connection;

    private History(Connection connection) {
        this.connection = connection;
    }

    /**
     * What a rebuild came to.
     *
     * @param unread folders whose run cannot be read, each with the reason
     */
    public record Rebuilt(int runs, List<String> unread) {}

    /** The SQLite file beside the runs of a data directory. */
    public static String beside(Path runs) {
        return "jdbc:sqlite:" + runs.resolveSibling("index.db");
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param url of JDBC: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE?user=…}
     * @throws DecideException when it cannot be reached, or a newer Assay made its schema
     */
    public static History open(String url) {
        if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
            throw new DecideException(
                    "a store is jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE, not '" + url + "'");
        }
        try {
            if (url.startsWith("jdbc:sqlite:")) {
                Path file = Path.of(url.substring("jdbc:sqlite:".length())).toAbsolutePath();
                Files.createDirectories(file.getParent());
            }
            Connection connection = DriverManager.getConnection(url);
            try {
                connection.setAutoCommit(false);
                History history = new History(connection);
                history.migrate();
                return history;
            } catch (SQLException | DecideException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw new DecideException("the store " + url.replaceAll("password=[^&]*", "password=…")
                    + " cannot be opened: " + e.getMessage() + "; is the server running and the user allowed?", e);
        }
    }

    private void migrate() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
            int found;
            try (ResultSet rows = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
                rows.next();
                found = rows.getInt(1);
            }
            if (found > VERSION) {
                throw new DecideException(
                        "the store's schema is version " + found + ", this Assay knows up to " + VERSION
                                + "; update Assay");
            }
            for (int version = found + 1; version <= VERSION; version++) {
                for (String one : script(version).split(";")) {
                    if (!one.isBlank()) {
                        statement.execute(one);
                    }
                }
                statement.execute("INSERT INTO schema_version (version) VALUES (" + version + ")");
            }
            connection.commit();
        }
    }

    private static String script(int version) {
        try (InputStream in = History.class.getResourceAsStream("history/V" + version + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a script of the history is part of Assay and cannot be read", e);
        }
    }

    /** Takes a run in; one that is there already is replaced. */
    public void add(Run run) {
        try {
            for (String table : List.of("process_values", "figures")) {
                update("DELETE FROM " + table + " WHERE run = ?", run.id());
            }
            update("DELETE FROM runs WHERE id = ?", run.id());
            update("INSERT INTO runs (id, started, seconds, machine) VALUES (?, ?, ?, ?)", run.id(),
                    run.started().toString(), run.seconds(), MachineName.of(run.machine()));
            for (Finding finding : run.findings()) {
                for (Summary summary : finding.summaries()) {
                    add(run.id(), finding, summary);
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw failed("run " + run.id() + " cannot be stored", e);
        }
    }

    private void add(String run, Finding finding, Summary summary) throws SQLException {
        update("INSERT INTO figures (run, experiment, variant, baseline, unit, value, processes) VALUES (?, ?, ?, ?, ?, ?, ?)",
                run, finding.id(), summary.variant(), summary.baseline() ? 1 : 0,
                finding.evidence().card().metric().unit(), summary.headline().value(), summary.processes());
        for (int i = 0; i < summary.perProcess().size(); i++) {
            update("INSERT INTO process_values (run, experiment, variant, number, value) VALUES (?, ?, ?, ?, ?)", run,
                    finding.id(), summary.variant(), i + 1, summary.perProcess().get(i));
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** Empties the store and takes in every run of an archive that can be read. */
    public Rebuilt rebuild(RunStore store) {
        try {
            for (String table : List.of("process_values", "figures", "runs")) {
                update("DELETE FROM " + table);
            }
        } catch (SQLException e) {
            throw failed("the store cannot be emptied", e);
        }
        List<String> unread = new ArrayList<>();
        int runs = 0;
        for (String id : store.ids()) {
            try {
                add(Archive.load(store.folder(id)));
                runs++;
            } catch (LabException.Usage e) {
                unread.add(e.getMessage());
            }
        }
        return new Rebuilt(runs, unread);
    }

    /**
     * An experiment's values by date, for {@link Drift}.
     *
     * @param variant the baseline when empty
     */
    List<Drift.Entry> entries(String experiment, Optional<String> variant) {
        String sql = "SELECT f.run, r.started, f.value, f.variant, f.unit, r.machine FROM figures f JOIN runs r ON r.id = f.run"
                + " WHERE f.experiment = ? AND " + (variant.isPresent() ? "f.variant = ?" : "f.baseline = 1")
                + " ORDER BY r.started";
        List<Drift.Entry> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, experiment);
            if (variant.isPresent()) {
                statement.setString(2, variant.get());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(4);
                    entries.add(new Drift.Entry(rows.getString(6), name, rows.getString(5),
                            new Drift.Moment(rows.getString(1), Instant.parse(rows.getString(2)), rows.getDouble(3),
                                    processes(rows.getString(1), experiment, name))));
                }
            }
        } catch (SQLException e) {
            throw failed("the history of " + experiment + " cannot be read", e);
        }
        return entries;
    }

    private List<Double> processes(String run, String experiment, String variant) throws SQLException {
        List<Double> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT value FROM process_values WHERE run = ? AND experiment = ? AND variant = ? ORDER BY number")) {
            statement.setString(1, run);
            statement.setString(2, experiment);
            statement.setString(3, variant);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getDouble(1));
                }
            }
        }
        return values;
    }

    private DecideException failed(String what, SQLException e) {
        try {
            connection.rollback();
        } catch (SQLException suppressed) {
            e.addSuppressed(suppressed);
        }
        return new DecideException(what + ": " + e.getMessage() + "; assay reindex builds the store anew", e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DecideException("the store could not be closed: " + e.getMessage(), e);
        }
    }
}
