package dev.millwright.forgekit.hook;

import dev.millwright.forgekit.RepositoryAddress;
import java.util.List;
import java.util.Optional;

/// Tells whether a delivery is about the repository of its pipeline: the hook of an organisation or
/// a group tells of all its repositories. Pure.
public final class AboutRepository {
    private AboutRepository() {}

    /// A pipeline that clones from a mirror has a host that the payload does not name, and then
    /// only the hook can say which repository is meant.
    ///
    /// @param own where the pipeline's repository is cloned from; may be empty
    /// @param told path of the repository that the payload is about
    /// @param addresses where the payload says that it is cloned from; empty texts do not count
    public static boolean isMeant(
            String own, HookFilters hook, String told, List<String> addresses) {
        if (hook.repository().isPresent()) {
            return hook.repository().get().equalsIgnoreCase(told);
        }
        List<RepositoryAddress> all =
                addresses.stream().map(RepositoryAddress::parse).flatMap(Optional::stream).toList();
        return RepositoryAddress.parse(own)
                .filter(pipeline ->
                        all.stream().anyMatch(one -> one.host().equals(pipeline.host())))
                .map(pipeline ->
                        pipeline.path().equalsIgnoreCase(told)
                                || all.stream()
                                        .anyMatch(one ->
                                                one.path().equalsIgnoreCase(pipeline.path())))
                .orElse(true);
    }
}
