package dev.millwright.otel;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Receives OTLP over gRPC on this machine. Usable from any thread.
final class GrpcStandIn implements AutoCloseable {
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    private final EventLoopGroup threads = new NioEventLoopGroup(1);
    private final Server server;
    private volatile Status refusal = Status.OK;
    private volatile int leftOut;

    GrpcStandIn() throws IOException {
        // Its threads are there from the start, so that tests can tell them from the plugin's
        var _ = threads.submit(() -> {}).syncUninterruptibly();
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .channelType(NioServerSocketChannel.class)
                        .bossEventLoopGroup(threads)
                        .workerEventLoopGroup(threads)
                        .directExecutor()
                        .addServices(
                                List.of((BindableService) new Traces(), new Logs(), new Metrics())
                                        .stream()
                                        .map(BindableService::bindService)
                                        .toList())
                        .build()
                        .start();
    }

    /// The setting `endpoint` for it.
    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /// Answer everybody like this; OK ends that.
    void refuse(Status status) {
        refusal = status;
    }

    /// Take requests with spans but for so many of them.
    void leaveOut(int spans) {
        leftOut = spans;
    }

    Set<String> traceIds() {
        Set<String> ids = new HashSet<>();
        traces.forEach(request ->
                request.getResourceSpansList()
                        .forEach(of ->
                                of.getScopeSpans(0)
                                        .getSpansList()
                                        .forEach(span ->
                                                ids.add(OtlpReceiver.hex(span.getTraceId())))));
        return ids;
    }

    long logRecords() {
        return logs.stream()
                .flatMap(request -> request.getResourceLogsList().stream())
                .mapToLong(of -> of.getScopeLogs(0).getLogRecordsCount())
                .sum();
    }

    List<ExportMetricsServiceRequest> metrics() {
        return List.copyOf(metrics);
    }

    int metricRequests() {
        return metrics.size();
    }

    private <Q, A> void take(List<Q> all, Q request, A answer, StreamObserver<A> to) {
        Status status = refusal;
        if (status.isOk()) {
            all.add(request);
            to.onNext(answer);
            to.onCompleted();
        } else {
            to.onError(status.asRuntimeException());
        }
    }

    private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(
                ExportTraceServiceRequest request,
                StreamObserver<ExportTraceServiceResponse> answer) {
            var response = ExportTraceServiceResponse.newBuilder();
            if (leftOut > 0) {
                response.getPartialSuccessBuilder().setRejectedSpans(leftOut);
            }
            take(traces, request, response.build(), answer);
        }
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(
                ExportLogsServiceRequest request,
                StreamObserver<ExportLogsServiceResponse> answer) {
            take(logs, request, ExportLogsServiceResponse.getDefaultInstance(), answer);
        }
    }

    private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        @Override
        public void export(
                ExportMetricsServiceRequest request,
                StreamObserver<ExportMetricsServiceResponse> answer) {
            take(metrics, request, ExportMetricsServiceResponse.getDefaultInstance(), answer);
        }
    }

    @Override
    public void close() {
        var _ = server.shutdownNow();
        var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
