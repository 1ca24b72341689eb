package dev.millwright.node.attempt;

final class AttemptFolder {}
