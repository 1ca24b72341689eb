package dev.millwright.forges;

/// The built plugin, loaded as a server loads it, holds what every forge has to hold.
final class BitbucketDataCenterStatusContractIT extends ForgeStatusContract {
    BitbucketDataCenterStatusContractIT() {
        super(Forge.DATA_CENTER);
    }
}
