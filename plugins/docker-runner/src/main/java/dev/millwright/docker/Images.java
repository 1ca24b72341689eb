package dev.millwright.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import dev.millwright.docker.engine.Engine;
import dev.millwright.docker.settings.DockerSettings;
import dev.millwright.docker.settings.Pull;
import dev.millwright.plugin.runner.RunnerException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Sees to it that images are there. Usable from any thread.
///
/// @param own credentials of the step, which count more than the machine's
record Images(Engine engine, DockerSettings settings, List<DockerSettings.Registry> own) {
    private static final String USUAL_REGISTRY = "docker.io";

    /// Throws [RunnerException] when the image cannot be had.
    void provide(String image, Optional<Pull> wanted) throws InterruptedException {
        Pull pull = wanted.orElse(settings.pull());
        if (pull != Pull.ALWAYS && engine.ask(client -> isThere(client, image))) {
            return;
        }
        if (pull == Pull.NEVER) {
            throw new RunnerException(
                    "image '%s' is not on this node, and 'pull: never' says not to fetch it"
                            .formatted(image));
        }
        try {
            engine.tell(client ->
                    request(client, image).exec(new PullImageResultCallback()).awaitCompletion());
        } catch (DockerException refused) {
            throw unfetched(image, Engine.said(refused), refused);
        } catch (DockerClientException failed) {
            throw unfetched(image, String.valueOf(failed.getMessage()), failed);
        }
    }

    private static RunnerException unfetched(String image, String why, Exception cause) {
        return new RunnerException("image '%s' cannot be fetched: %s".formatted(image, why), cause);
    }

    private static boolean isThere(DockerClient client, String image) {
        try {
            var _ = client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    private PullImageCmd request(DockerClient client, String image) {
        PullImageCmd request = client.pullImageCmd(tagged(image));
        String registry = registry(image);
        return Stream.concat(own.stream(), settings.registries().stream())
                .filter(one -> one.address().equals(registry))
                .findFirst()
                .map(who ->
                        request.withAuthConfig(
                                new AuthConfig()
                                        .withRegistryAddress(registry)
                                        .withUsername(who.username())
                                        .withPassword(who.password().reveal())))
                .orElse(request);
    }

    /// Without a tag the engine would fetch every tag there is.
    static String tagged(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        return name.contains(":") || name.contains("@") ? image : image + ":latest";
    }

    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : USUAL_REGISTRY;
    }
}
