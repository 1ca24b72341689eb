package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every forge has to hold.
final class GiteaStatusContractIT extends ForgeStatusContract {
    GiteaStatusContractIT() {
        super(Forge.GITEA);
    }
}
