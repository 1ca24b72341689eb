package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every webhook trigger has to hold.
final class ForgejoHookContractIT extends ForgeHookContract {
    ForgejoHookContractIT() {
        super(Sender.FORGEJO);
    }
}
