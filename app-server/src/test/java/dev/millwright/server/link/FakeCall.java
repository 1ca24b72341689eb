package dev.millwright.server.link;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A call of a method that somebody added and did not put into the table. Any thread.
final class FakeCall extends ServerCall<String, String> {
    private final CompletableFuture<Status> closed = new CompletableFuture<>();
    private int closings;

    /// How it was closed; waits for it.
    Status closed() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    synchronized int closings() {
        return closings;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        closings++;
        closed.complete(status);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
        MethodDescriptor.Marshaller<String> text =
                new MethodDescriptor.Marshaller<>() {
                    @Override
                    public InputStream stream(String value) {
                        return InputStream.nullInputStream();
                    }

                    @Override
                    public String parse(InputStream stream) {
                        return "";
                    }
                };
        return MethodDescriptor.<String, String>newBuilder(text, text)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("some.Service/Forgotten")
                .build();
    }
}
