package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every webhook trigger has to hold.
final class GiteaHookContractIT extends ForgeHookContract {
    GiteaHookContractIT() {
        super(Sender.GITEA);
    }
}
