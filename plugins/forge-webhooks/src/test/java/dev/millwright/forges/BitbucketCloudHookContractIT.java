package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every webhook trigger has to hold.
final class BitbucketCloudHookContractIT extends ForgeHookContract {
    BitbucketCloudHookContractIT() {
        super(Sender.BITBUCKET);
    }
}
