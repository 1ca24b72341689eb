/// The demo: a real repository, a real server, one run from a push to its end. Start reading at
/// [dev.millwright.cli.demo.DemoCommand].
@NullMarked
package dev.millwright.cli.demo;

import org.jspecify.annotations.NullMarked;
