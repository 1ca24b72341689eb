#!/bin/sh
# greet LANGUAGE [WHOM]
case ${1:-en} in
    de) hello=Guten\ Tag ;;
    fr) hello=Bonjour ;;
    *) hello='@GREETING@' ;;
esac
echo "$hello, ${2:-world}! (greeter @VERSION@)"
