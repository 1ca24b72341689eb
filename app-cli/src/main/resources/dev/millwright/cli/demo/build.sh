#!/bin/sh
# Builds the program: a shell script with its version and its greeting filled in.
set -e
mkdir -p out
for part in head greetings main; do
    echo "compiling $part"
    sleep 0.5
done
sed -e "s/@VERSION@/${VERSION:-0}/" -e "s/@GREETING@/${GREETING:-Hello}/" src/greet.sh > out/greet
chmod +x out/greet
echo "built out/greet, version ${VERSION:-0}"
