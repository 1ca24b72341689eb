package dev.millwright.server.web.view;

/// The page at `/`: says what this is and where to go on.
public final class LandingPage {
    public static final String TYPE = "text/html; charset=utf-8";
    private static final String HTML =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Millwright</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }
            code { font-size: .95em; }
            </style>
            </head>
            <body>
            <h1>Millwright</h1>
            <p>Version VERSION is running.</p>
            <p>The HTTP API is at <code>/api/v1</code>; its description is at
            <code>/api/v1/openapi.json</code> (with a key). <a href="/readyz">/readyz</a> tells whether
            the server can work.</p>
            <p>On the command line: <code>millwright runs</code>, <code>millwright --help</code>.</p>
            </body>
            </html>
            """;

    private LandingPage() {}

    public static String of(String version) {
        return HTML.replace("VERSION", version.replaceAll("[^\\w.+-]", ""));
    }
}
