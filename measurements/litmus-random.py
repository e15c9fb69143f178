#!/usr/bin/env python3
"""Random litmus tests, decided by Assay and by herd7: final states, verdict, observation and witnesses must be equal.

    measurements/litmus-random.py HERD7 [--diyone DIYONE7] [--count N] [--seed N] [--keep DIR] [--herd-args ARGS]

Three kinds: critical cycles of random steps and annotations, made by diyone7 when it is given (for X86_64, RISCV and AArch64), and
random accesses of mixed sizes to one or two variables, made here (for X86_64 and AArch64). Tests that herd7 does not finish in 20 s, or refuses,
are counted and left out. Exits with 1 when an answer differs. From the checkout root.
"""
import argparse
import collections
import os
import random
import re
import subprocess
import sys
import tempfile

STEPS = {
    "X86_64": "PodWW PodWR PodRW PodRR PosRR PosRW PosWR PosWW MFencedWW MFencedWR MFencedRR MFencedRW MFencesWR Rmw Xchg",
    "RISCV": "PodWW PodWR PodRW PodRR PosRR PosRW PosWR PosWW DpAddrdR DpAddrdW DpDatadW DpCtrldR DpCtrldW DpCtrlFenceIdR"
             " DpAddrsR DpDatasW Fence.rw.rwdWW Fence.rw.rwdWR Fence.rw.rwdRR Fence.rw.rwdRW Fence.r.rwdRR Fence.r.rwdRW"
             " Fence.w.wdWW Fence.rw.wdRW Fence.rw.wdWW Fence.r.rdRR Fence.tsodRR Fence.tsodRW Fence.tsodWW Fence.tsodWR"
             " Fence.w.rdWR Amo.Swap Amo.Add Amo.Or Amo.And Amo.Xor LrSc",
    "AArch64": "PodWW PodWR PodRW PodRR PosRR PosRW PosWR PosWW DpAddrdR DpAddrdW DpDatadW DpCtrldR DpCtrldW DpCtrlIsbdR"
               " DpCtrlIsbdW DpAddrsR DpAddrsW DpDatasW DpCtrlsW DpAddrCseldR DpAddrCseldW DpDataCseldW DpCtrlCseldW DMB.SYdWW"
               " DMB.SYdWR DMB.SYdRR DMB.SYdRW DMB.LDdRR DMB.LDdRW DMB.LDdWR DMB.STdWW DMB.STdRW DSB.SYdWR DSB.LDdRR"
               " DSB.STdWW ISBdRR DMB.ISHdWR DMB.SYsRR DMB.SYsWR Amo.Swp Amo.Cas Amo.LdAdd Amo.LdEor Amo.LdSet Amo.LdClr"
               " Amo.StAdd Amo.StSet LxSx",
}
ANNOTATIONS = {"X86_64": ["X", "P"], "RISCV": "P Aq Rl AR X XAq XRl XAR".split(),
               "AArch64": "P A L Q X XA XL XAL".split()}
ENDS = {"Rfe": "WR", "Rfi": "WR", "Fre": "RW", "Fri": "RW", "Coe": "WW", "Coi": "WW", "LxSx": "RW", "LrSc": "RW", "Rmw": "RW",
        "Xchg": "RW"}


def ends(step):
    """The kinds of access that a step begins and ends with."""
    if step in ENDS:
        return ENDS[step]
    return "RW" if step.startswith("Amo") else "R" + step[-1] if step.startswith("Dp") else step[-2:]


def cycle(architecture, rng):
    """The words of a random critical cycle, or None where it does not close."""
    steps, at = [], rng.choice("RW")
    start, threads = at, rng.choice([2, 2, 2, 2, 3])
    for thread in range(threads):
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
            step = rng.choice([s for s in STEPS[architecture].split() + ["Rfi", "Fri", "Coi"] * (rng.random() < 0.15)
                               if ends(s)[0] == at])
            steps.append(step)
            at = ends(step)[1]
        outward = [s for s in ("Rfe", "Fre", "Coe") if ends(s)[0] == at and (thread < threads - 1 or ends(s)[1] == start)]
        if not outward:
            return None
        steps.append(rng.choice(outward))
        at = ends(steps[-1])[1]
    if rng.random() < 0.5:
        return steps
    return [word for step in steps
            for word in ([step, rng.choice(ANNOTATIONS[architecture])] if rng.random() < 0.3 else [step])]


def cycles(architecture, diyone, count, rng, folder):
    made = 0
    for _ in range(count * 12):
        words = cycle(architecture, rng)
        if words is None:
            continue
        name = f"{architecture[0]}{made:05d}"
        subprocess.run([diyone, "-arch", architecture, "-name", name, "-ua", "1", "-obs", "accept", *words], cwd=folder,
                       capture_output=True, check=False)
        file = os.path.join(folder, name + ".litmus")
        if os.path.exists(file) and os.path.getsize(file) > 50 and accesses(open(file).read()) <= 7:
            made += 1
            if made == count:
                return
        elif os.path.exists(file):
            os.remove(file)


def accesses(text):
    """Roughly how many accesses a test has, atomic updates twice: herd7 takes too long on more than a few."""
    body = text[text.index("}\n"):]
    updates = len(re.findall(r"\b(SWP\w*|CAS\w*|LDADD\w*|LDEOR\w*|LDSET\w*|LDCLR\w*|STADD\w*|LDXR|amo\S*|xchg\w*)\b", body))
    return updates + len(re.findall(
        r"\b(LD\w*|ST\w*|SWP\w*|CAS\w*|lw\S*|sw\S*|ld|sd|lr\S*|sc\S*|amo\S*)\b|\(\w\)", body))


def mixed(architecture, count, rng, folder):
    for number in range(count):
        name = f"mixed{architecture[0]}{number:05d}"
        text = program(architecture, name, rng)
        open(os.path.join(folder, name + ".litmus"), "w").write(text)


def program(architecture, name, rng):
    """Two or three threads of accesses of 1 to 8 bytes to parts of one or two variables."""
    variables = ["x"] if rng.random() < 0.7 else ["x", "y"]
    threads, registers, setup, seen = [], [], [], 0
    lengths = rng.choice([(1, 1), (2, 1), (2, 2), (2, 2), (3, 1), (1, 1, 1), (2, 1, 1)])
    sizes = rng.choice([(1, 2), (1, 2, 4), (4, 8), (2, 4), (1, 4), (1, 8)])

    def keep(register, value=""):
        """Counts a register among those that are looked at in the end."""
        registers.append(register)
        setup.append(f"uint64_t {register}{value};")

    for thread, length in enumerate(lengths):
        lines, target = [], 0
        for index in range(length):
            size = rng.choice(sizes)
            offset = rng.choice([at for at in range(0, max(sizes), size)])
            variable = rng.choice(variables)
            seen += 1
            if architecture == "X86_64":
                base = {"x": "rdi", "y": "rsi"}[variable]
                letter = {1: "b", 2: "w", 4: "l", 8: "q"}[size]
                place = f"{offset or ''}(%{base})"
                kind = rng.random()
                register = {0: ["al", "ax", "eax", "rax"], 1: ["bl", "bx", "ebx", "rbx"], 2: ["cl", "cx", "ecx", "rcx"]}[target]
                word = register[{1: 0, 2: 1, 4: 2, 8: 3}[size]]
                if kind < 0.45:
                    lines.append(f"mov{letter} ${seen * (1 if size == 1 else 257)},{place}")
                elif kind < 0.9:
                    lines.append(f"mov{letter} {place},%{word}")
                    keep(f"{thread}:{register[3]}")
                    target += 1
                else:
                    lines.append(f"xchg{letter} %{word},{place}")
                    keep(f"{thread}:{register[3]}", f"={seen}")
                    target += 1
                if index + 1 < length and rng.random() < 0.25:
                    lines.append("mfence")
            else:
                base = {"x": 1, "y": 2}[variable]
                letter, width = {1: ("B", "W"), 2: ("H", "W"), 4: ("", "W"), 8: ("", "X")}[size]
                kind, ordered = rng.random(), offset == 0 and rng.random() < 0.3
                place = f"[X{base}]" if offset == 0 else f"[X{base},#{offset}]"
                if kind < 0.5:
                    lines.append(f"MOV {width}{10 + index},#{seen * (1 if size == 1 else 257)}")
                    lines.append(f"{'STLR' if ordered else 'STR'}{letter} {width}{10 + index},{place}")
                elif kind < 0.9 or offset:
                    lines.append(f"{'LDAR' if ordered else 'LDR'}{letter} {width}{4 + target},{place}")
                    keep(f"{thread}:X{4 + target}")
                    target += 1
                else:
                    lines.append(f"MOV {width}{10 + index},#{seen}")
                    lines.append(f"SWP{letter} {width}{10 + index},{width}{4 + target},{place}")
                    keep(f"{thread}:X{4 + target}")
                    target += 1
                if index + 1 < length and rng.random() < 0.35:
                    lines.append(rng.choice(["DMB SY", "DMB LD", "DMB ST"]))
        threads.append(lines)
        for variable in variables:
            setup.append(f"{thread}:" + ({"x": "rdi", "y": "rsi"}[variable] if architecture == "X86_64"
                                         else {"x": "X1", "y": "X2"}[variable]) + f"={variable};")
    height = max(map(len, threads))
    rows = [" | ".join(f"P{t}" for t in range(len(threads)))]
    rows += [" | ".join(lines[row] if row < len(lines) else "" for lines in threads) for row in range(height)]
    locations = "".join(f"{r};" for r in registers) + "".join(f"{v};" for v in variables)
    return (f"{architecture} {name}\n{{\n" + "".join(f"uint64_t {v};" for v in variables) + "\n" + "\n".join(setup)
            + "\n}\n" + "".join(f" {row} ;\n" for row in rows) + f"locations [{locations}]\nexists (x=1)\n")


def answers(text):
    """By test: final states, verdict, witnesses and observation."""
    found = {}
    for block in re.split(r"\n(?=Test )", text):
        lines = block.splitlines()
        if lines and lines[0].startswith("Test ") and len(lines) > 1 and lines[1].startswith("States "):
            count = int(lines[1].split()[1])
            rest = [line for line in lines[2 + count:] if line.startswith(("Ok", "No", "Positive", "Observation"))]
            found[lines[0].split()[1]] = (frozenset(line.strip().rstrip(";") for line in lines[2:2 + count]), tuple(rest))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("herd")
    parser.add_argument("--diyone")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--herd-args", default="")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    work = options.keep or tempfile.mkdtemp()
    total = collections.Counter()
    print("| tests | agree | differ | left out: refused or not finished by herd7 |\n|---|--:|--:|--:|")
    sets = [(f"{a}, mixed sizes", a, "mixed") for a in ("X86_64", "AArch64")]
    if options.diyone:
        sets += [(f"{a}, critical cycles", a, "cycle") for a in STEPS]
    for title, architecture, kind in sets:
        folder = os.path.join(work, kind + architecture)
        os.makedirs(folder, exist_ok=True)
        if kind == "mixed":
            mixed(architecture, options.count, rng, folder)
        else:
            cycles(architecture, options.diyone, options.count, rng, folder)
        run = subprocess.run(["./assay", "litmus", "allow", folder, "--format", "herd", "--quiet"], capture_output=True, text=True,
                             check=False)
        ours, counts = answers(run.stdout), collections.Counter()
        for file in sorted(os.listdir(folder)):
            command = [options.herd, *options.herd_args.split(), *(["-variant", "mixed"] if kind == "mixed" else []), file]
            try:
                text = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=20, check=False).stdout
            except subprocess.TimeoutExpired:
                text = ""
            for name, answer in answers(text).items() or {"": None}.items():
                result = "left out" if answer is None else "agree" if ours.get(name) == answer else "differ"
                counts[result] += 1
                if result == "differ":
                    print(f"{folder}/{file}: herd7 {answer}, Assay {ours.get(name, run.stderr[-300:])}", file=sys.stderr)
        total += counts
        print(f"| {title}, seed {options.seed} | {counts['agree']} | {counts['differ']} | {counts['left out']} |", flush=True)
    sys.exit(1 if total["differ"] or not total["agree"] else 0)


main()
