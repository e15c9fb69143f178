CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    started TEXT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    machine TEXT NOT NULL
);
CREATE TABLE figures (
    run TEXT NOT NULL REFERENCES runs (id),
    experiment TEXT NOT NULL,
    variant TEXT NOT NULL,
    baseline INTEGER NOT NULL,
    unit TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    processes INTEGER NOT NULL,
    PRIMARY KEY (run, experiment, variant)
);
