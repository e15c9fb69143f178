#!/usr/bin/env python3
"""Two known open scanners and Assay on the same jars in the same run, held against header truth.

Usage: scan-peers.py JAR...
PORTING_ADVISOR and MIGRATE_EASE name checkouts of AWS's Porting Advisor for Graviton and of Arm's migrate-ease; a peer
whose checkout is not named is left out. Both are Python programs; what they import must be on PYTHONPATH. Each reads a
copy of the jars, for one of them unpacks and deletes beside its input. The seconds are wall clock, program start included.
"""
import importlib.util, json, os, pathlib, shutil, subprocess, sys, tempfile, time, zipfile

HERE = pathlib.Path(__file__).parent
LIMIT = int(os.environ.get("PEER_SECONDS", "140"))


def oracle():
    spec = importlib.util.spec_from_file_location("oracle", HERE / "scan-oracle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def truths(jars):
    """What the headers say of each jar as a whole, nested ones included."""
    read = oracle()
    result = {}
    for jar in jars:
        found = {}
        read.walk(jar.name, jar.read_bytes(), [], 0, found)
        result[jar.name] = read.expected(*found[jar.name])
    return result


def timed(command, folder, env):
    start = time.monotonic()
    try:
        done = subprocess.run(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              timeout=LIMIT)
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] if done.returncode not in (0, 1) else []
    except subprocess.TimeoutExpired:
        said = [f"stopped after {LIMIT} s"]
    return time.monotonic() - start, "".join(said)


def porting_advisor(checkout, jars, out):
    seconds, said = timed([sys.executable, f"{checkout}/src/porting-advisor.py", "--output", f"{out}.json", str(jars)],
                          checkout, os.environ)
    return seconds, said, flagged(f"{out}.json", lambda report: [str(issue) for issue in report.get("issues", [])])


def migrate_ease(checkout, jars, out):
    env = dict(os.environ, PYTHONPATH=os.environ.get("PYTHONPATH", "") + ":" + checkout)
    seconds, said = timed([sys.executable, "-m", "java", "--output", f"{out}.json", "--march", "armv8-a", str(jars)],
                          checkout, env)
    return seconds, said, flagged(f"{out}.json", lambda report: [json.dumps(issue) for issue in report.get("issues", [])])


def flagged(file, issues):
    if not os.path.exists(file):
        return None
    return "\n".join(issues(json.load(open(file))))


def assay(jars, out):
    start = time.monotonic()
    with open(f"{out}.json", "wb") as answer:
        subprocess.run(["./assay", "scan", *map(str, jars), "--only", "natives", "--no-cache", "-q", "--format", "json"],
                       cwd=HERE.parent, stdout=answer, stderr=subprocess.DEVNULL, timeout=LIMIT)
    seconds = time.monotonic() - start
    report = json.load(open(f"{out}.json"))
    names = {str(jar): jar.name for jar in jars}
    return seconds, {names[a["path"]]: a["status"] for a in report["artifacts"] if a["path"] in names}


def score(answers, truth):
    """A jar counts where its truth is one word; broken must be flagged, ready must not be."""
    broken = [jar for jar, want in truth.items() if want == {"broken"}]
    ready = [jar for jar, want in truth.items() if want == {"ready"}]
    missed = [jar for jar in broken if not answers[jar]]
    alarms = [jar for jar in ready if answers[jar]]
    return broken, ready, missed, alarms


def row(name, seconds, count, megabytes, answers, truth, remark=""):
    broken, ready, missed, alarms = score(answers, truth)
    print(f"| {name} | {seconds:.1f} s | {count / seconds:.1f} jars/s, {megabytes / seconds:.0f} MB/s "
          f"| {len(broken) - len(missed)} of {len(broken)} | {len(alarms)} of {len(ready)} | {remark} |")
    for label, jars in (("missed", missed), ("false alarm", alarms)):
        if jars:
            print(f"  {name}, {label}: {', '.join(sorted(jars))}", file=sys.stderr)
    return missed, alarms


def main():
    jars = [pathlib.Path(arg).resolve() for arg in sys.argv[1:]]
    megabytes = sum(jar.stat().st_size for jar in jars) / 1e6
    truth = truths(jars)
    print(f"{len(jars)} jars, {megabytes:.0f} MB; broken found, and false alarms on ready ones, for linux-aarch64\n")
    print("| scanner | time | rate | broken found | false alarms | remark |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        seconds, status = assay(jars, f"{scratch}/assay")
        row("assay", seconds, len(jars), megabytes, {jar.name: status.get(jar.name) == "broken" for jar in jars}, truth)
        for name, variable, peer in (("Porting Advisor for Graviton", "PORTING_ADVISOR", porting_advisor),
                                     ("migrate-ease", "MIGRATE_EASE", migrate_ease)):
            checkout = os.environ.get(variable)
            if not checkout:
                print(f"| {name} | | | | | not set up: {variable} names no checkout |")
                continue
            copy = pathlib.Path(scratch) / variable
            copy.mkdir()
            for jar in jars:
                shutil.copy(jar, copy / jar.name)
            seconds, said, text = peer(checkout, copy, f"{scratch}/{variable}.out")
            if text is None:
                print(f"| {name} | {seconds:.1f} s | | | | no answer: {said} |")
                continue
            answers = {jar.name: jar.name in text for jar in jars}
            row(name, seconds, len(jars), megabytes, answers, truth, said)


main()
