package dev.millwright.itest.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sends webhooks as GitHub does, signed with HMAC-SHA256 over the body.
///
/// @param path of the hook, such as `/hooks/github/web.push`
record GithubSender(ServerProcess server, String path, String secret) {
    /// The id of the pipeline's own repository.
    static final long HOME = 35_129_377;

    HttpResponse<String> send(String event, String delivery, String body) throws IOException {
        return send(event, delivery, body, signature(body));
    }

    HttpResponse<String> send(String event, String delivery, String body, String signature)
            throws IOException {
        return server.send(
                "POST",
                path,
                body,
                Map.of(
                        "Content-Type", "application/json",
                        "User-Agent", "GitHub-Hookshot/044aadd",
                        "X-GitHub-Event", event,
                        "X-GitHub-Delivery", delivery,
                        "X-Hub-Signature-256", signature));
    }

    String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What GitHub sends for a push of one commit to the branch `main`.
    static String push(String before, String after, String message, String file) {
        return """
        {"ref": "refs/heads/main", "before": "%1$s", "after": "%2$s",
         "created": false, "deleted": false, "forced": false, "base_ref": null,
         "repository": {"id": 35129377, "name": "web", "full_name": "octo/web",
           "clone_url": "https://github.com/octo/web.git", "default_branch": "main"},
         "pusher": {"name": "ada", "email": "ada@example.org"},
         "sender": {"login": "ada-at-github", "id": 6752317, "type": "User"},
         "head_commit": %3$s, "commits": [%3$s]}
        """
                .formatted(before, after, commit(after, message, file));
    }

    /// What GitHub sends when somebody opens a pull request to the branch `main`.
    ///
    /// @param base the tip of the target
    /// @param source id of the repository that the change comes from; [#HOME] is no fork
    static String pullRequest(String base, String head, long source) {
        return """
        {"action": "opened", "number": 17,
         "pull_request": {"id": 279147437, "number": 17, "state": "open", "draft": false,
           "title": "Greet in Spanish", "html_url": "https://github.com/octo/web/pull/17",
           "user": {"login": "grace-at-github"}, "labels": [{"name": "bug"}, {"name": "urgent"}],
           "head": {"label": "grace:spanish", "ref": "spanish", "sha": "%2$s",
             "repo": {"id": %3$d, "clone_url": "https://github.com/grace/web.git"}},
           "base": {"label": "octo:main", "ref": "main", "sha": "%1$s",
             "repo": {"id": 35129377, "clone_url": "https://github.com/octo/web.git"}}},
         "repository": {"id": 35129377, "name": "web", "full_name": "octo/web",
           "clone_url": "https://github.com/octo/web.git", "default_branch": "main"},
         "sender": {"login": "grace-at-github", "id": 1, "type": "User"}}
        """
                .formatted(base, head, source);
    }

    private static String commit(String hash, String message, String file) {
        return """
        {"id": "%s", "message": "%s", "timestamp": "2026-03-01T12:00:00+01:00",
         "url": "https://github.com/octo/web/commit/%1$s",
         "author": {"name": "Ada", "email": "ada@example.org", "username": "ada-at-github"},
         "committer": {"name": "Ada", "email": "ada@example.org"},
         "added": ["%s"], "removed": [], "modified": []}
        """
                .formatted(hash, message, file);
    }
}
