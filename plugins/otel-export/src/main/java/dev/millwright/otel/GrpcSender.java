package dev.millwright.otel;

import com.google.protobuf.Message;
import dev.millwright.model.Unreachable;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Sent;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/// OTLP over gRPC. All its threads are its own and end with it.
final class GrpcSender implements Sender {
    private static final int PLAIN_PORT = 4317;
    private static final int TLS_PORT = 443;

    /// Tells everybody that there is no native code, which is as it should be. Kept here, because
    /// loggers that nobody holds forget their level.
    private static final Logger QUIET =
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.TcpMetrics");

    static {
        QUIET.setLevel(Level.WARNING);
    }

    private final OtelSettings settings;
    private final Refusals refusals;
    private final EventLoopGroup threads =
            new NioEventLoopGroup(1, new DefaultThreadFactory("otlp-grpc", true));
    private final ManagedChannel connection;
    private final Channel channel;

    GrpcSender(OtelSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
        this.connection = connect(settings, threads);
        this.channel =
                ClientInterceptors.intercept(
                        connection, MetadataUtils.newAttachHeadersInterceptor(headers(settings)));
    }

    private static ManagedChannel connect(OtelSettings settings, EventLoopGroup threads) {
        boolean tls = settings.endpoint().getScheme().equalsIgnoreCase("https");
        int written = settings.endpoint().getPort();
        int port = written > 0 ? written : tls ? TLS_PORT : PLAIN_PORT;
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(settings.endpoint().getHost(), port)
                        .channelType(NioSocketChannel.class)
                        .eventLoopGroup(threads)
                        .directExecutor()
                        .offloadExecutor(Runnable::run)
                        .userAgent("Millwright-OTLP-Exporter");
        if (!tls) {
            return builder.negotiationType(NegotiationType.PLAINTEXT).build();
        }
        try {
            return builder.sslContext(
                            // The JDK's own: native code would keep the plugin in memory
                            GrpcSslContexts.configure(
                                            SslContextBuilder.forClient(), SslProvider.JDK)
                                    .build())
                    .build();
        } catch (SSLException unusable) {
            throw new PluginException("TLS cannot be used: " + unusable, unusable);
        }
    }

    private static Metadata headers(OtelSettings settings) {
        Metadata headers = new Metadata();
        settings.headers()
                .forEach((name, value) ->
                        headers.put(
                                Metadata.Key.of(
                                        name.toLowerCase(Locale.ROOT),
                                        Metadata.ASCII_STRING_MARSHALLER),
                                value.reveal()));
        return headers;
    }

    @Override
    public Sent send(Signal signal, Message request) throws InterruptedException {
        try {
            switch (signal) {
                case TRACES ->
                        call(
                                TraceServiceGrpc.getExportMethod(),
                                (ExportTraceServiceRequest) request);
                case LOGS ->
                        call(LogsServiceGrpc.getExportMethod(), (ExportLogsServiceRequest) request);
                case METRICS ->
                        call(
                                MetricsServiceGrpc.getExportMethod(),
                                (ExportMetricsServiceRequest) request);
            }
            return Sent.DONE;
        } catch (StatusRuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return failed(signal, failed.getStatus());
        }
    }

    private <Q, A extends Message> void call(MethodDescriptor<Q, A> method, Q request) {
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(
                        settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        if (settings.gzip()) {
            options = options.withCompression("gzip");
        }
        refusals.answered(
                settings.endpoint(),
                ClientCalls.blockingUnaryCall(channel, method, options, request));
    }

    private Sent failed(Signal signal, Status status) {
        if (status.getCode() == Status.Code.UNAVAILABLE && status.getCause() != null) {
            return new Sent.Later(
                    "%s cannot be reached: %s"
                            .formatted(settings.endpoint(), Unreachable.why(status.getCause())),
                    Duration.ZERO);
        }
        String reason =
                "%s answered %s to %s%s"
                        .formatted(
                                settings.endpoint(),
                                status.getCode(),
                                signal,
                                status.getDescription() == null
                                        ? ""
                                        : ": " + status.getDescription());
        return status.getCode() == Status.Code.INVALID_ARGUMENT
                ? new Sent.Never(reason)
                : new Sent.Later(reason, Duration.ZERO);
    }

    @Override
    public void close() {
        connection.shutdownNow();
        try {
            var _ = connection.awaitTermination(2, TimeUnit.SECONDS);
            threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
