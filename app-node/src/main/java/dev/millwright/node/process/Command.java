package dev.millwright.node.process;

final class Command {}
