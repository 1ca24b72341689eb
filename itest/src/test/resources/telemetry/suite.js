// What a test runner would do: it knows nothing of Millwright, only OpenTelemetry's variables.
const { logs, SeverityNumber, SpanStatusCode, trace } = require('@opentelemetry/api');
const { NodeSDK } = require('@opentelemetry/sdk-node');

const sdk = new NodeSDK();
sdk.start();
const tracer = trace.getTracer('tests');
tracer.startActiveSpan('suite', (suite) => {
  tracer.startActiveSpan('adds', (test) => {
    test.setAttribute('assertions', 3);
    test.end();
  });
  tracer.startActiveSpan('divides', (test) => {
    test.recordException(new Error('expected 1, was 2'));
    test.setStatus({ code: SpanStatusCode.ERROR, message: 'expected 1, was 2' });
    test.end();
  });
  logs.getLogger('tests').emit({ severityNumber: SeverityNumber.WARN, body: 'one of two broke' });
  suite.end();
});
sdk.shutdown().then(() => console.log('sent'));
