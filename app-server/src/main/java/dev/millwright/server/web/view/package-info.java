/// The domain in the form in which it travels, and parameters that routes share. Start reading at
/// [RunViews].
@NullMarked
package dev.millwright.server.web.view;

import org.jspecify.annotations.NullMarked;
