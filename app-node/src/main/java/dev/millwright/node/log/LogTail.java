package dev.millwright.node.log;

final class LogTail {}
