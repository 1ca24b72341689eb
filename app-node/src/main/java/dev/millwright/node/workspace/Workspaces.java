package dev.millwright.node.workspace;

final class Workspaces {}
