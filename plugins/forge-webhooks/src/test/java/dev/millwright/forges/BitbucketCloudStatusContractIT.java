package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every forge has to hold.
final class BitbucketCloudStatusContractIT extends ForgeStatusContract {
    BitbucketCloudStatusContractIT() {
        super(Forge.BITBUCKET);
    }
}
