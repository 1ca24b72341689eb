package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every forge has to hold.
final class GitlabStatusContractIT extends ForgeStatusContract {
    GitlabStatusContractIT() {
        super(Forge.GITLAB);
    }
}
