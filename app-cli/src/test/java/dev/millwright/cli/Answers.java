package dev.millwright.cli;

/// JSON as servers send it.
final class Answers {
    static final String RUN = "0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0";
    static final String OTHER = "0199c0df-1c2f-7a3b-8000-9a4d1c0ffee1";
    static final String DELIVERY = "0199c0de-0000-7a3b-8000-9a4d1c0ffee2";

    private Answers() {}

    static String run(String id, int number, String status) {
        return """
        {"id":"%s","namespace":"default","pipeline":"web","number":%d,"status":"%s","event":"push",
         "cause":"push","message":"","branch":"main","tag":"","commit":"3f2a9c1e00000000000000000000000000000000",
         "commitMessage":"Fix the build","author":"a","stepsTotal":3,"stepsFinished":3,
         "queuedAt":"2026-01-01T00:00:00Z","startedAt":"2026-01-01T00:00:01Z","durationMillis":4200,
         "traceId":"0","revision":3,"sequence":9,"location":"/api/v1/runs/%s"}
        """
                .formatted(id, number, status, id);
    }

    /// A good run that repeats [#RUN].
    static String rerun(String id, int number, String cause) {
        return run(id, number, "success")
                .replace(
                        "\"cause\":\"push\"",
                        "\"cause\":\"%s\",\"rerunOf\":\"%s\"".formatted(cause, RUN));
    }

    static String delivery(String status, String reason) {
        return """
        {"delivery":{"id":"%s","source":"api","dedupeKey":"","namespace":"default","pipeline":"web",
         "event":"manual","status":"%s","reason":"%s","runId":"%s","receivedAt":"2026-01-01T00:00:00Z"},
         "headers":{},"body":"","parameters":{}}
        """
                .formatted(DELIVERY, status, reason, RUN);
    }

    static String page(String... items) {
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    static String detail(String status) {
        return detailOf(run(RUN, 12, status));
    }

    static String detailOf(String run) {
        return "{\"run\":" + run + ",\"inputs\":{}}";
    }

    static String steps(String status, String leafStatus, int exitCode) {
        return """
        {"run":"%s","status":"%s","sequence":9,"items":[%s,%s,%s]}
        """
                .formatted(
                        RUN,
                        status,
                        step("0", "web", "sequence", status, 0),
                        step("0/0", "compile", "run", "success", 0),
                        step("0/1", "test", "run", leafStatus, exitCode));
    }

    /// A step, and a group of two.
    static String nestedSteps() {
        return "{\"run\":\"%s\",\"status\":\"running\",\"sequence\":9,\"items\":[%s]}"
                .formatted(
                        RUN,
                        String.join(
                                ",",
                                step("0", "web", "sequence", "running", 0),
                                step("0/0", "compile", "run", "success", 0),
                                step("0/1", "checks", "parallel", "success", 0),
                                step("0/1/0", "lint", "run", "success", 0),
                                step("0/1/1", "test", "run", "success", 0)));
    }

    private static String step(String path, String name, String kind, String status, int exit) {
        return """
        {"path":"%s","name":"%s","kind":"%s","runner":"process","role":"body","depth":%d,"status":"%s",
         "cause":"%s","message":"","attempt":1,"startedAt":"2026-01-01T00:00:01Z",
         "finishedAt":"2026-01-01T00:00:02Z","durationMillis":1000,"exitCode":%d,"outputs":{},
         "allowFailure":false,"carried":false,"logLines":%d}
        """
                .formatted(
                        path,
                        name,
                        kind,
                        path.split("/", -1).length - 1,
                        status,
                        exit == 0 ? "" : "exit",
                        exit,
                        kind.equals("run") ? 2 : 0);
    }

    static String log(String... lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"number":%d,"stream":"out","at":"2026-01-01T00:00:01Z","severity":"none",
                             "continued":false,"complete":true,"text":"%s"}
                            """
                                    .formatted(i + 1, lines[i]));
        }
        return "{\"run\":\"%s\",\"step\":\"0/1\",\"attempt\":1,\"totalLines\":%d,\"next\":%d,\"complete\":true,\"lines\":[%s]}"
                .formatted(RUN, lines.length, lines.length + 1, text);
    }

    static String accepted() {
        return "{\"delivery\":\"%s\",\"runs\":[\"%s\"],\"location\":\"/api/v1/runs/%s\"}"
                .formatted(DELIVERY, RUN, RUN);
    }
}
