#!/bin/bash
# Results from a shell script, with nothing but curl: each one is a span, as OTLP's JSON wants it.
set -euo pipefail
IFS=- read -r _ trace step _ <<<"$TRACEPARENT"

# What the step was given: a list of name=value, separated by commas.
headers=()
IFS=, read -ra pairs <<<"$OTEL_EXPORTER_OTLP_HEADERS"
for pair in "${pairs[@]}"; do headers+=(-H "${pair%%=*}: ${pair#*=}"); done

new_id() { od -An -N8 -tx1 /dev/urandom | tr -d ' \n'; }

# span ID PARENT NAME START END STATUS MESSAGE; the status is 1 (good) or 2 (bad)
span() {
  printf '{"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s","startTimeUnixNano":"%s","endTimeUnixNano":"%s","status":{"code":%s,"message":"%s"}}' \
    "$trace" "$@"
}

post() { # PATH BODY
  curl --fail --silent --show-error --output /dev/null --max-time 10 \
    -H 'Content-Type: application/json' "${headers[@]}" \
    --data-binary @- "$OTEL_EXPORTER_OTLP_ENDPOINT$1" <<<"$2"
}

suite=$(new_id)
begin=$(date +%s%N)
# Here the work would be done
middle=$(date +%s%N)
end=$(date +%s%N)

post /v1/traces '{"resourceSpans":[{"scopeSpans":[{"spans":['"$(
  span "$(new_id)" "$suite" adds "$begin" "$middle" 1 ''
  printf ','
  span "$(new_id)" "$suite" divides "$middle" "$end" 2 'expected 1, was 2'
  printf ','
  span "$suite" "$step" suite "$begin" "$end" 2 ''
)"']}]}]}'
post /v1/logs '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"'"$end"'","severityNumber":13,"body":{"stringValue":"one of two broke"}}]}]}]}'
