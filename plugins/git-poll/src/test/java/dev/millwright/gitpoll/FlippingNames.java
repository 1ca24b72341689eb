package dev.millwright.gitpoll;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A name service that knows `flips.example`: at first it is a machine far away, and for whoever
/// asks again it is this one. The Java runtime finds it in `META-INF/services`.
public final class FlippingNames extends InetAddressResolverProvider {
    private static final String NAME = "flips.example";
    private static final byte[] FAR_AWAY = {(byte) 192, 0, 2, 1};

    private final AtomicInteger questions = new AtomicInteger();

    @Override
    public String name() {
        return "flipping";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                if (!host.equals(NAME)) {
                    return usual.lookupByName(host, policy);
                }
                return questions.getAndIncrement() == 0
                        ? Stream.of(InetAddress.getByAddress(host, FAR_AWAY))
                        : Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }
}
