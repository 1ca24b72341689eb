package dev.millwright.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;

/// Ends the command when its output cannot be written. A `PrintStream` keeps such failures to
/// itself, so that a command would go on for nobody; what this throws passes through it.
final class FailingOutput extends OutputStream {
    private final OutputStream to;

    FailingOutput(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            to.write(bytes, offset, length);
        } catch (IOException gone) {
            throw new OutputException(gone);
        }
    }

    @Override
    public void flush() {
        try {
            to.flush();
        } catch (IOException gone) {
            throw new OutputException(gone);
        }
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
