package dev.millwright.server.resource;

import dev.millwright.engine.expression.Expressions;
import dev.millwright.model.Parameters;
import dev.millwright.server.resource.PipelineSpec.Hook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the hooks of a pipeline.
final class HookReader {
    private HookReader() {}

    static Hook hook(SpecFields fields) {
        PipelineSpecReader.checkName(fields, "a hook");
        return fields.has("type") ? typed(fields) : generic(fields);
    }

    /// What is in `with` is checked by the trigger, which may not be installed yet.
    private static Hook typed(SpecFields fields) {
        fields.onlyKnown(List.of("name", "type", "with"));
        PipelineSpecReader.checkType(fields, "a hook", "github");
        return new Hook(fields.text("name"), fields.text("type"), fields.parameters("with"));
    }

    /// A hook without a type has the settings of the trigger that is built in beside its name, and
    /// is told what is wrong with them at its own places.
    private static Hook generic(SpecFields fields) {
        fields.onlyKnown(
                List.of("name", "hmac", "bearer", "event", "when", "inputs", "ref", "commit"));
        if (fields.has("hmac") == fields.has("bearer")) {
            fields.problem("", "a hook has either 'hmac' or 'bearer'");
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String key : List.of("hmac", "bearer")) {
            fields.map(key).ifPresent(proof -> settings.put(key, proof(key, proof)));
        }
        for (String key : List.of("event", "when", "ref", "commit")) {
            if (fields.has(key)) {
                settings.put(key, fields.text(key));
            }
        }
        for (String key : List.of("when", "ref", "commit")) {
            expression(fields, key, fields.text(key));
        }
        Map<String, String> inputs = fields.values("inputs");
        inputs.forEach((name, text) -> expression(fields, "inputs/" + name, text));
        settings.put("inputs", inputs);
        return new Hook(fields.text("name"), PipelineSpec.GENERIC, new Parameters(settings));
    }

    private static Map<String, Object> proof(String kind, SpecFields fields) {
        List<String> known =
                kind.equals("hmac") ? List.of("secret", "header", "prefix") : List.of("secret");
        fields.onlyKnown(known);
        Map<String, Object> proof = new LinkedHashMap<>();
        known.stream()
                .filter(key -> !key.equals("secret"))
                .filter(fields::has)
                .forEach(key -> proof.put(key, fields.text(key)));
        proof.put("secret", secret(fields));
        return proof;
    }

    private static String secret(SpecFields fields) {
        Optional<SpecFields> stored = fields.mapOrText("secret", "reference");
        stored.ifPresent(found -> found.onlyKnown(List.of("from_secret", "reference")));
        String secret =
                stored.filter(found -> found.has("from_secret"))
                        .map(from -> "${secret:%s}".formatted(from.text("from_secret")))
                        .or(() -> stored.map(found -> found.text("reference")))
                        .orElse("");
        if (!secret.matches("\\$\\{((env|file):[^}]+|secret:[^/#}]+/[^}]+)}")) {
            fields.problem(
                    "secret",
                    "a secret is a reference: from_secret: STORE/PATH#KEY, ${env:NAME} or ${file:PATH}");
        }
        return secret;
    }

    private static void expression(SpecFields fields, String key, String text) {
        if (!text.isEmpty()) {
            Expressions.problem(text).ifPresent(why -> fields.problem(key, why));
        }
    }
}
