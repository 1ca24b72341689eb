/// Mails about runs. Start reading at [dev.millwright.mail.MailNotifier].
@NullMarked
package dev.millwright.mail;

import org.jspecify.annotations.NullMarked;
