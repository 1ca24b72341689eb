package dev.millwright.node.link;

import dev.millwright.model.Sha256;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What the link wants to know of certificates. Pure; any thread.
final class Certificates {
    /// The name that a server's certificate has to carry.
    static final String SERVER = "spiffe://millwright/server";

    private static final int URI = 6;

    private Certificates() {}

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new LinkException("a certificate cannot be encoded", impossible);
        }
    }

    /// @param place named when they make no sense
    static List<X509Certificate> read(Collection<byte[]> encoded, String place) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] der : encoded) {
                certificates.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return List.copyOf(certificates);
        } catch (CertificateException damaged) {
            throw new LinkException(
                    "%s is damaged: %s".formatted(place, damaged.getMessage()), damaged);
        }
    }

    /// As in the line that is pasted on a new machine: `sha256:` and 64 digits.
    static String hash(X509Certificate certificate) {
        return "sha256:" + Sha256.hex(der(certificate));
    }

    static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /// Whether one of its alternative names is the URI.
    static boolean names(X509Certificate certificate, String uri) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .anyMatch(name -> name.get(0).equals(URI) && name.get(1).equals(uri));
        } catch (CertificateParsingException damaged) {
            return false;
        }
    }
}
