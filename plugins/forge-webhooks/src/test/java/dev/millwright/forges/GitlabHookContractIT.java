package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every webhook trigger has to hold.
final class GitlabHookContractIT extends ForgeHookContract {
    GitlabHookContractIT() {
        super(Sender.GITLAB);
    }
}
