#!/bin/sh
# Compiles the subjects in this folder; run by hand after changing one (needs clang, 14 or later).
set -eu
cd "$(dirname "$0")"
for source in *.c; do
    clang -target bpfel -mcpu=v3 -O2 -g -fdebug-prefix-map="$PWD"=. -Wall -c "$source" -o "${source%.c}.el.o"
    llvm-strip -g "${source%.c}.el.o"
done
clang -target bpfeb -mcpu=v3 -O2 -g -fdebug-prefix-map="$PWD"=. -c fits.c -o fits.eb.o
llvm-strip -g fits.eb.o
