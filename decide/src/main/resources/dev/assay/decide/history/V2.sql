CREATE TABLE process_values (
    run TEXT NOT NULL,
    experiment TEXT NOT NULL,
    variant TEXT NOT NULL,
    number INTEGER NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (run, experiment, variant, number),
    FOREIGN KEY (run, experiment, variant) REFERENCES figures (run, experiment, variant)
);
CREATE INDEX figures_by_experiment ON figures (experiment, variant);
