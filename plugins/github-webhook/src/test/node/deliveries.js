// Writes each example payload of GitHub's webhooks as one line of JSON: event, id, body, signature.
// Usage: node deliveries.js SECRET
import { createRequire } from "node:module";
import { sign } from "@octokit/webhooks-methods";

const examples = createRequire(import.meta.url)("@octokit/webhooks-examples");
const secret = process.argv[2];
const examplesOfEvents = examples.default ?? examples;

for (const { name, examples: payloads } of examplesOfEvents) {
  for (const [index, payload] of payloads.entries()) {
    const body = JSON.stringify(payload);
    const line = { event: name, id: `${name}-${index}`, body, signature: await sign(secret, body) };
    process.stdout.write(JSON.stringify(line) + "\n");
  }
}
