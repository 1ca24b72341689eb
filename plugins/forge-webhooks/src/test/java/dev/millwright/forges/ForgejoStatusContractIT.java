package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every forge has to hold.
final class ForgejoStatusContractIT extends ForgeStatusContract {
    ForgejoStatusContractIT() {
        super(Forge.FORGEJO);
    }
}
