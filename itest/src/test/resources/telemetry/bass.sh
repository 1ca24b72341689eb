#!/bin/bash
# A build program as bass calls one: it knows its arguments and nothing else, and sends no headers.
set -euo pipefail
unset "${!OTEL_@}" TRACEPARENT
echo "own: $1"
shift
while (($#)); do
  case $1 in
  -s | --service-name) service=$2 ;;
  -i | --trace-id) trace=$2 ;;
  -d | --root-span-id) root=$2 ;;
  -t | --traces-endpoint) traces=$2 ;;
  -l | --logs-endpoint) logs=$2 ;;
  -c | --changeset) sed 's/^/changed: /' "$2" ;;
  *) echo "unknown argument: $1" >&2 && exit 2 ;;
  esac
  shift 2
done

post() {
  curl --fail --silent --show-error --output /dev/null --max-time 10 \
    -H 'Content-Type: application/json' --data-binary @- "$1" <<<"$2"
}

resource='"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"'$service'"}}]}'
now=$(date +%s%N)
id=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
post "$traces" '{"resourceSpans":[{'"$resource"',"scopeSpans":[{"spans":[{"traceId":"'"$trace"'","spanId":"'"$id"'","parentSpanId":"'"$root"'","startTimeUnixNano":'"$now"',"endTimeUnixNano":'"$now"',"name":"step:compile","kind":2,"status":{"code":1}}]}]}]}'
post "$logs" '{"resourceLogs":[{'"$resource"',"scopeLogs":[{"logRecords":[{"timeUnixNano":'"$now"',"observedTimeUnixNano":'"$now"',"severityNumber":17,"traceId":"'"$trace"'","spanId":"'"$id"'","body":{"stringValue":"it broke"}}]}]}]}'
