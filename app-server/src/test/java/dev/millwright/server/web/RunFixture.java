package dev.millwright.server.web;

import dev.millwright.model.plan.StepPath;

/// A server with pipelines of which every run goes another way.
abstract class RunFixture extends SharedServer {
    static final StepPath FIRST = StepPath.parse("0/0");

    @Override
    void prepare() {
        server.pipeline(
                "talk", "steps: [{name: say, commands: [echo one, echo two >&2, echo three]}]");
        server.pipeline(
                "bytes",
                """
                steps:
                  - name: raw
                    commands: ["printf 'a\\\\377b\\\\n\\\\000'", "printf 'end' >&2"]
                """);
        server.pipeline(
                "gate", "steps: [{name: ok, approve: {}}, {name: after, commands: [echo go]}]");
        server.pipeline("slow", "steps: [{name: wait, commands: [sleep 30]}]");
        server.pipeline(
                "red", "steps: [{name: good, commands: [true]}, {name: bad, commands: [exit 3]}]");
        server.pipeline(
                "typed",
                """
                inputs:
                  count: {type: number, default: 1}
                steps: [{name: say, commands: ["echo $MILLWRIGHT_INPUT_COUNT"]}]
                """);
    }
}
