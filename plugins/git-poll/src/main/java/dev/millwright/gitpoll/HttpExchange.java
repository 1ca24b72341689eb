package dev.millwright.gitpoll;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URL;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One HTTP request for JGit. JGit's own is as good, but cannot be cut off from another thread.
///
/// Used by one thread.
final class HttpExchange implements HttpConnection {
    private final HttpURLConnection connection;
    private final Budget budget;
    private final Answered answered;
    private boolean told;

    /// Called once with the answer's head.
    @FunctionalInterface
    interface Answered {
        void by(HttpURLConnection connection) throws IOException;
    }

    private HttpExchange(HttpURLConnection connection, Budget budget, Answered answered) {
        this.connection = connection;
        this.budget = budget;
        this.answered = answered;
    }

    static HttpExchange open(URL url, Proxy proxy, Budget budget, Answered answered)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(proxy);
        budget.guard(connection::disconnect);
        return new HttpExchange(connection, budget, answered);
    }

    @Override
    public int getResponseCode() throws IOException {
        int status = connection.getResponseCode();
        if (!told) {
            told = true;
            answered.by(connection);
        }
        return status;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return budget.count(connection.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connection.getOutputStream();
    }

    @Override
    public URL getURL() {
        return connection.getURL();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return String.valueOf(connection.getResponseMessage());
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return connection.getHeaderFields();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return connection.getHeaderField(name);
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return connection.getHeaderFields().entrySet().stream()
                .filter(field -> name.equalsIgnoreCase(field.getKey()))
                .flatMap(field -> field.getValue().stream())
                .toList();
    }

    @Override
    public @Nullable String getContentType() {
        return connection.getContentType();
    }

    @Override
    public int getContentLength() {
        return connection.getContentLength();
    }

    @Override
    public void setRequestProperty(String name, String value) {
        connection.setRequestProperty(name, value);
    }

    @Override
    public void setRequestMethod(String method) throws ProtocolException {
        connection.setRequestMethod(method);
    }

    @Override
    public String getRequestMethod() {
        return connection.getRequestMethod();
    }

    @Override
    public void setUseCaches(boolean use) {
        connection.setUseCaches(use);
    }

    @Override
    public void setConnectTimeout(int millis) {
        connection.setConnectTimeout(millis);
    }

    @Override
    public void setReadTimeout(int millis) {
        connection.setReadTimeout(millis);
    }

    @Override
    public void setInstanceFollowRedirects(boolean follow) {
        // Never by itself: each request passes the check of its host
        connection.setInstanceFollowRedirects(false);
    }

    @Override
    public void setDoOutput(boolean output) {
        connection.setDoOutput(output);
    }

    @Override
    public void setFixedLengthStreamingMode(int length) {
        connection.setFixedLengthStreamingMode(length);
    }

    @Override
    public void setChunkedStreamingMode(int length) {
        connection.setChunkedStreamingMode(length);
    }

    @Override
    public boolean usingProxy() {
        return connection.usingProxy();
    }

    @Override
    public void connect() throws IOException {
        connection.connect();
    }

    @Override
    public void configure(
            KeyManager @Nullable [] keys,
            TrustManager @Nullable [] trusted,
            @Nullable SecureRandom random)
            throws NoSuchAlgorithmException, KeyManagementException {
        if (connection instanceof HttpsURLConnection secure) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, random);
            secure.setSSLSocketFactory(context.getSocketFactory());
        }
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        if (connection instanceof HttpsURLConnection secure) {
            secure.setHostnameVerifier(verifier);
        }
    }
}
